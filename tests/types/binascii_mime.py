# Verifies quoted-printable, BinHex and run lengths of binascii.
import binascii
import warnings
warnings.simplefilter("ignore")
def t(f,*a,**k):
    try: print(f.__name__,a,k,f(*a,**k))
    except Exception as e: print(f.__name__,a,k,type(e),e)
for d in (b'=',b'= ',b'==',b'=AX',b'=AX=00',b'a=\nb',b'a=\r\nb',b'a= \nb',b'x_y',b'=00\r\n=00',b'=3x',b'=0a','=41','\xe9',5,b'abc=',b'abc=\n',b'a=4',b'=0d=0a',b'a=zz'):
    t(binascii.a2b_qp,d); t(binascii.a2b_qp,d,header=True)
for d in (b'',b'abc',b'a b',b'a \n',b'a\t\n',b'a ',b'=',b'\x7f\x80',b'x_y z\n',b'a\r\nb\n',b'a\nb\r\n',b'.\n',b'.',b'..\n',b'a'*80,b'='*30,b'a'*75+b'=\n',b'a'*74+b' \n',b'\r',b'a\r b',b'a'*76+b'\n',b'a'*73+b'===',b'\n.\nx',b'\xff'*30+b'\r\n'):
    for q in (0,1):
        for i in (0,1):
            for h in (0,1): t(binascii.b2a_qp,d,quotetabs=q,istext=i,header=h)
for d in (b'',b'a',b'ab',b'abc',b'\x90',b'\x90\x00',b'aaaa',b'a'*300,b'\x90\x90\x90\x90'): 
    t(binascii.rlecode_hqx,d); t(binascii.b2a_hqx,d)
for d in (b'',b'a',b'\x90',b'\x90\x00',b'\x90\x05',b'a\x90',b'a\x90\x00',b'a\x90\x05b',b'\x90\x00\x90\x05',b'a\x90\x01b',b'\x90\x00\x90'): t(binascii.rledecode_hqx,d)
for d in (b'',b'!',b'!!',b'!!!!',b'"#$:',b'abc',b':',b'!!!:',b'a\n!\r!:',b'~', '"#$:'): t(binascii.a2b_hqx,d)
