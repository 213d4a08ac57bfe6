#!/usr/bin/env bash
# Lays out a Docker context for a Java runtime from scratch: what jlink makes of a JDK, bash, busybox, and the shared libraries
# they need, all from this machine.
#
#   jre.sh JDK FOLDER
set -euo pipefail
jdk=$1
folder=$2
root=$folder/root
modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.management.rmi,java.naming
modules+=,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.xml,java.xml.crypto
modules+=,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management
modules+=,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs

mkdir -p "$root"/{bin,dev,etc,home/appuser,opt,proc,root,sys,tmp,usr,var/tmp}
chmod 1777 "$root/tmp" "$root/var/tmp"
compress=--compress=2
"$jdk/bin/jlink" --help | grep "zip-\[0-9\]" >/dev/null && compress=--compress=zip-6
module_path=()
[ ! -d "$jdk/jmods" ] || module_path=(--module-path "$jdk/jmods")
"$jdk/bin/jlink" "${module_path[@]}" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files \
  "$compress" --output "$root/opt/java"
"$root/opt/java/bin/java" -Xshare:dump >/dev/null 2>&1
rm -rf "$root/opt/java/legal"
# java.desktop is there for java.beans only; nothing here draws.
(cd "$root/opt/java/lib" && rm -f libawt*.so libfontmanager.so libfreetype.so libharfbuzz.so libjavajpeg.so libjawt.so \
  libjsound.so liblcms.so libmlib_image.so libsplashscreen.so)

cp /bin/bash "$root/bin/bash"
cp "$(command -v busybox)" "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do
  [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"
done
ln -s ../bin "$root/usr/bin"

# Each shared library at its own path; those that are loaded by name, and what native code in jars links to, are named here.
{
  find "$root" -type f -size +4k | while read -r file; do
    if head -c4 "$file" | grep -q ELF; then
      LD_LIBRARY_PATH="$root/opt/java/lib:$root/opt/java/lib/server" ldd "$file" 2>/dev/null || true
    fi
  done | awk '/=> \/(usr\/)?lib/ {print $3} $1 ~ /^\/lib/ {print $1}'
  for name in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2 libdl.so.2 libpthread.so.0 librt.so.1 libm.so.6 libstdc++.so.6 \
    libgcc_s.so.1; do
    # To its end: whoever writes into a pipe that is closed fails.
    ldconfig -p | awk -v name="$name" '$1 == name && !seen++ {print $NF}'
  done
} | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  [ -e "$root$library" ] || cp -L "$library" "$root$library"
done

printf '%s\n' root:x:0:0:root:/root:/bin/sh appuser:x:1000:1000:appuser:/home/appuser:/bin/bash \
  tripline:x:10001:10001:tripline:/var/lib/tripline:/bin/sh nobody:x:65534:65534:nobody:/nonexistent:/bin/false >"$root/etc/passwd"
printf '%s\n' root:x:0: appuser:x:1000: tripline:x:10001: nogroup:x:65534: >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
cp -L /etc/os-release "$root/etc/os-release"
cat >"$folder/Dockerfile" <<'D'
FROM scratch
COPY root/ /
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/bin LANG=C.UTF-8
CMD ["/bin/sh"]
D
