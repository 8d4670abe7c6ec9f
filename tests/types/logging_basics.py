# Logging: levels, formats, filters, adapters, the tree of loggers, what is refused.
import logging, sys
logging.warning('w %s', 3); 
log=logging.getLogger('a.b'); log.error('x'); log.info('no')
logging.basicConfig(force=True, stream=sys.stdout, level=logging.DEBUG, format='%(levelname)-8s|%(name)s|%(filename)s:%(lineno)d|%(funcName)s|%(message)s|%(module)s|%(threadName)s|%(processName)s')
def f():
    log.debug('in f %d', 5); log.info('d %(a)s', {'a': 1})
    pass
f()
print(log, logging.getLogger(), logging.getLogger().handlers, log.parent, logging.getLogger('a'), log.getEffectiveLevel(), log.isEnabledFor(10), logging.getLevelName(20), logging.getLevelName('INFO'), logging.getLevelName(7))
logging.addLevelName(25,'NOTE'); log.log(25,'note'); log.setLevel('ERROR'); log.warning('hidden')
for bad in (lambda: log.setLevel('x'), lambda: log.setLevel(3.5), lambda: logging.Formatter('%s'), lambda: logging.Formatter('{x!z}', style='{'), lambda: logging.Formatter('$', style='$'), lambda: logging.Formatter('', style='?'), lambda: log.log('a','b'), lambda: logging.basicConfig(force=True,x=1), lambda: logging.getLogger(3), lambda: log.error('a', extra={'name': 3})):
    try: print('ok', bad())
    except Exception as e: print(type(e).__name__, e)
h=logging.StreamHandler(sys.stdout); h.setFormatter(logging.Formatter('{asctime} {levelname} {message}', style='{', datefmt='X')); root=logging.getLogger(); root.handlers[:]=[h]; log.error('hm'); print(h)
h.setFormatter(logging.Formatter('$name $message', style='$')); log.error('hm %s', 'q')
class Fl(logging.Filter):
    def filter(self, r): r.extra='E'; return 'no' not in r.getMessage()
h.addFilter(Fl()); h.setFormatter(logging.Formatter('%(extra)s %(message)s %(dd)s', defaults={'dd': 7})); log.error('yes'); log.error('no')
ad=logging.LoggerAdapter(log, {'k': 1}); ad.error('ad'); print(ad)
print(logging.makeLogRecord({'msg': 'a'}), logging.lastResort)
logging.disable(logging.ERROR); log.error('dis'); log.critical('crit'); logging.disable(logging.NOTSET)
c=log.getChild('c'); print(c, c.parent); c.propagate=False; c.error('to lastresort'); print(c.hasHandlers(), log.hasHandlers())
r=logging.LogRecord('n',20,'/a/b/c.py',5,'m %s',('q',),None,'fn'); print(sorted(r.__dict__)); print(r.getMessage(), r.module, r.filename)
