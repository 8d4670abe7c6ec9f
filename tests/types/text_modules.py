# modules about text and command lines: a little of each
import calendar, token, tokenize, configparser, ipaddress, cmd, codeop, code, filecmp, fileinput, optparse, signal, rlcompleter, tabnanny, ntpath, nturl2path, urllib.parse, http, html.parser, html, pyclbr
import this
import io
print(calendar.month(2024,2)); print(calendar.TextCalendar(6).formatyear(2023,m=4)[:300])
for t in tokenize.tokenize(io.BytesIO(b"def f(x):\n  return x**2 # c\n").readline): print(t)
c=configparser.ConfigParser(); c.read_string("[a]\nx=1\ny=%(x)s2\n[b]\nz:\n  multi\n  line\n"); print({s:dict(c[s]) for s in c}, c.getint('a','y'))
f=io.StringIO(); c.write(f); print(f.getvalue())
try: c.get('a','q')
except Exception as e: print(repr(e))
n=ipaddress.ip_network('10.0.0.0/29'); print(list(n.hosts()), n.broadcast_address, ipaddress.ip_address('::1').exploded, [*n.subnets()])
class C(cmd.Cmd):
    def do_hi(self, arg): "says hi"; print('hi',arg)
    def do_quit(self, arg): return True
C(stdin=io.StringIO()).onecmd('help'); 
x=C(stdin=io.StringIO("hi a\nfoo\nhelp hi\nquit\n")); x.use_rawinput=0; x.cmdloop('intro')
print([codeop.compile_command(s) is None for s in ["a=1","if 1:","if 1:\n  pass","if 1:\n  pass\n","(","'''a","def f():","x = [1,","a = 1 +\\"]])
p=optparse.OptionParser(prog='p',description='d'); p.add_option('-f','--file',help='the file',metavar='F'); p.add_option('-n',type=int,default=3,help='num %default'); print(p.parse_args(['-f','x','rest','-n','5'])[0].__dict__); print(p.format_help())
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.signal(signal.SIGTERM, lambda s,f: print('got',s,f.f_code.co_name)), signal.Signals(15)); signal.raise_signal(15); print(signal.SIGTERM, signal.strsignal(15))
try: signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt: print('ki')
print(ntpath.join('C:\\a','b'), ntpath.splitdrive('//x/y/z'), urllib.parse.urlparse('http://u:p@h:80/p;a?q=1#f'), urllib.parse.quote('a b/é'), urllib.parse.parse_qs('a=1&a=2'), urllib.parse.urljoin('http://a/b/c','../d'))
class H(html.parser.HTMLParser):
    def handle_starttag(self,t,a): print('s',t,a)
    def handle_data(self,d): print('d',repr(d))
    def handle_endtag(self,t): print('e',t)
H().feed('<p class="x">a&amp;b<br/></p><script>if(a<b)</script>')
print(http.HTTPStatus(404), http.HTTPStatus.NOT_FOUND.phrase, http.HTTPStatus.OK == 200, repr(http.HTTPStatus.OK))
i=code.InteractiveInterpreter({}); i.runsource("print(1+1)"); i.runsource("1/0")
print(rlcompleter.Completer({'abc':1}).complete('ab',0))
