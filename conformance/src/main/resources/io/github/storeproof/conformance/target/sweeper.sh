# Waits until the kit ends, however it ends (its end of the pipe on stdin closes), then removes what is left of its work
# directory: processes that carry its mark, mounts below it, files.
# Arguments: the work directory, and `keep` or `remove`.
root=$1 files=$2
trap '' INT TERM HUP
cat >/dev/null

kill_marked() {
  found=$(grep -las -F "STOREPROOF_WORK=$root" /proc/[0-9]*/environ 2>/dev/null)
  for environ in $found; do
    pid=${environ#/proc/}
    kill -KILL "${pid%/environ}" 2>/dev/null
  done
  [ -n "$found" ]
}

unmount_below() {
  left=1
  while read -r id parent device inner point options; do
    point=$(printf '%b' "$(printf '%s' "$point" | sed 's/\\/\\0/g')")
    case $point in
      "$root"/*)
        left=0
        # Frees the processes that wait for an answer; the file is there for FUSE only.
        { echo 1 >"/sys/fs/fuse/connections/${device#*:}/abort"; } 2>/dev/null
        umount -l "$point" 2>/dev/null || fusermount3 -u -z "$point" 2>/dev/null
        ;;
    esac
  done </proc/self/mountinfo
  return $left
}

# What is killed may still finish a mount, so only a look that finds nothing at all is the last one.
try=0
while [ $try -lt 50 ]; do
  try=$((try + 1))
  again=no
  unmount_below && again=yes
  kill_marked && again=yes
  [ $again = no ] && break
  [ $try -gt 1 ] && sleep 0.1
done

if [ "$files" = remove ] && [ $again = no ]; then
  chmod -R u+rwX "$root" 2>/dev/null
  rm -rf --one-file-system "$root" 2>/dev/null || {
    # On a target that takes every change, the cases have made files immutable.
    chattr -R -f -a -i "$root" 2>/dev/null
    rm -rf --one-file-system "$root"
  }
fi
