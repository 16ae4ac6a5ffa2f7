package io.github.storeproof.conformance.prober;

import java.util.HashMap;
import java.util.Map;

/// An error number of Linux; 0 is [#NONE]. A filesystem may answer any number, so this is no enum. Immutable; equal by number.
public record Errno(int number) {
  /// No error.
  public static final Errno NONE = new Errno(0);

  public static final Errno EPERM = new Errno(1);
  public static final Errno ENOENT = new Errno(2);
  public static final Errno ESRCH = new Errno(3);
  public static final Errno EINTR = new Errno(4);
  public static final Errno EIO = new Errno(5);
  public static final Errno ENXIO = new Errno(6);
  public static final Errno ENOEXEC = new Errno(8);
  public static final Errno EBADF = new Errno(9);
  public static final Errno ECHILD = new Errno(10);
  public static final Errno EAGAIN = new Errno(11);
  public static final Errno ENOMEM = new Errno(12);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EFAULT = new Errno(14);
  public static final Errno EBUSY = new Errno(16);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno EXDEV = new Errno(18);
  public static final Errno ENODEV = new Errno(19);
  public static final Errno ENOTDIR = new Errno(20);
  public static final Errno EISDIR = new Errno(21);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno ENFILE = new Errno(23);
  public static final Errno EMFILE = new Errno(24);
  public static final Errno ENOTTY = new Errno(25);
  public static final Errno ETXTBSY = new Errno(26);
  public static final Errno EFBIG = new Errno(27);
  public static final Errno ENOSPC = new Errno(28);
  public static final Errno ESPIPE = new Errno(29);
  public static final Errno EROFS = new Errno(30);
  public static final Errno EMLINK = new Errno(31);
  public static final Errno EPIPE = new Errno(32);
  public static final Errno ERANGE = new Errno(34);
  public static final Errno EDEADLK = new Errno(35);
  public static final Errno ENAMETOOLONG = new Errno(36);
  public static final Errno ENOSYS = new Errno(38);
  public static final Errno ENOTEMPTY = new Errno(39);
  public static final Errno ELOOP = new Errno(40);
  public static final Errno ENODATA = new Errno(61);
  public static final Errno EPROTO = new Errno(71);
  public static final Errno EOVERFLOW = new Errno(75);
  public static final Errno EOPNOTSUPP = new Errno(95);
  public static final Errno ENOTCONN = new Errno(107);
  public static final Errno ECONNABORTED = new Errno(103);
  public static final Errno ETIMEDOUT = new Errno(110);
  public static final Errno ESTALE = new Errno(116);
  public static final Errno EUCLEAN = new Errno(117);

  /// Another name of [#EOPNOTSUPP].
  public static final Errno ENOTSUP = EOPNOTSUPP;

  private static final Map<Integer, String> NAMES = names();

  /// Returns the symbol of the number, `E4711` for one that has none, `OK` for 0.
  public String name() {
    return NAMES.getOrDefault(number, "E" + number);
  }

  @Override
  public String toString() {
    return name();
  }

  private static Map<Integer, String> names() {
    String table =
        """
        OK=0 EPERM=1 ENOENT=2 ESRCH=3 EINTR=4 EIO=5 ENXIO=6 E2BIG=7 ENOEXEC=8 EBADF=9 ECHILD=10
        EAGAIN=11 ENOMEM=12 EACCES=13 EFAULT=14 ENOTBLK=15 EBUSY=16 EEXIST=17 EXDEV=18 ENODEV=19
        ENOTDIR=20 EISDIR=21 EINVAL=22 ENFILE=23 EMFILE=24 ENOTTY=25 ETXTBSY=26 EFBIG=27 ENOSPC=28
        ESPIPE=29 EROFS=30 EMLINK=31 EPIPE=32 EDOM=33 ERANGE=34 EDEADLK=35 ENAMETOOLONG=36
        ENOLCK=37 ENOSYS=38 ENOTEMPTY=39 ELOOP=40 ENOMSG=42 EIDRM=43 ECHRNG=44 EL2NSYNC=45
        EL3HLT=46 EL3RST=47 ELNRNG=48 EUNATCH=49 ENOCSI=50 EL2HLT=51 EBADE=52 EBADR=53 EXFULL=54
        ENOANO=55 EBADRQC=56 EBADSLT=57 EBFONT=59 ENOSTR=60 ENODATA=61 ETIME=62 ENOSR=63 ENONET=64
        ENOPKG=65 EREMOTE=66 ENOLINK=67 EADV=68 ESRMNT=69 ECOMM=70 EPROTO=71 EMULTIHOP=72
        EDOTDOT=73 EBADMSG=74 EOVERFLOW=75 ENOTUNIQ=76 EBADFD=77 EREMCHG=78 ELIBACC=79 ELIBBAD=80
        ELIBSCN=81 ELIBMAX=82 ELIBEXEC=83 EILSEQ=84 ERESTART=85 ESTRPIPE=86 EUSERS=87 ENOTSOCK=88
        EDESTADDRREQ=89 EMSGSIZE=90 EPROTOTYPE=91 ENOPROTOOPT=92 EPROTONOSUPPORT=93
        ESOCKTNOSUPPORT=94 EOPNOTSUPP=95 EPFNOSUPPORT=96 EAFNOSUPPORT=97 EADDRINUSE=98
        EADDRNOTAVAIL=99 ENETDOWN=100 ENETUNREACH=101 ENETRESET=102 ECONNABORTED=103
        ECONNRESET=104 ENOBUFS=105 EISCONN=106 ENOTCONN=107 ESHUTDOWN=108 ETOOMANYREFS=109
        ETIMEDOUT=110 ECONNREFUSED=111 EHOSTDOWN=112 EHOSTUNREACH=113 EALREADY=114 EINPROGRESS=115
        ESTALE=116 EUCLEAN=117 ENOTNAM=118 ENAVAIL=119 EISNAM=120 EREMOTEIO=121 EDQUOT=122
        ENOMEDIUM=123 EMEDIUMTYPE=124 ECANCELED=125 ENOKEY=126 EKEYEXPIRED=127 EKEYREVOKED=128
        EKEYREJECTED=129 EOWNERDEAD=130 ENOTRECOVERABLE=131 ERFKILL=132 EHWPOISON=133
        ERESTARTSYS=512 ENOTSUPP=524
        """;
    Map<Integer, String> names = new HashMap<>();
    for (String pair : table.strip().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      names.put(Integer.valueOf(pair.substring(equals + 1)), pair.substring(0, equals));
    }
    return Map.copyOf(names);
  }
}
