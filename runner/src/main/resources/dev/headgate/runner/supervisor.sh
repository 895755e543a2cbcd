# Ends the processes of one attempt of a job. Run as: sh -c THIS supervisor FOLDER MARK, in a session of its own.
#
# Reads one command a line from standard input, and ends the attempt's processes at its end: whoever started this
# script holds the other end of that pipe and nobody else does, so that even a kill -9 of it reaches the job.
# Answers are lines on standard output.
#
#   pipes             makes the named pipes FOLDER/stdout and FOLDER/stderr; answer "ready", or a complaint and an exit
#   watch PID         PID leads the job's session and group; no answer
#   list              "left PID GROUP NAME" for each process of the job, then "listed"
#   signal NAME       sends the signal to each once; no answer
#   kill              sends KILL until none is left; no answer
#   quit              leaves all as it is
#
# A process is the job's if MARK is in the environment it was started with, if it is in the job's group or session, if
# its parent is the job's, or if it was found to be the job's before. Without /proc only the group is known. What
# clears its environment, begins a session and loses its parent before it is ever looked for is out of reach.

folder=$1
mark=$2
leader=
# "PID:START" of each process that was ever found; the time tells it from a later one of the same id.
known=' '
newline='
'

# No signal to a group around us and no reader that died may keep us from our work.
trap '' HUP INT TERM PIPE
# Names of processes are split into words below: no pathname expansion unless it is asked for.
set -f

# is_job PID PARENT GROUP SESSION START
is_job() {
  case $1 in $$ | 1) return 1 ;; esac
  case $tree in *" $1 "* | *" $2 "*) return 0 ;; esac
  case $known in *" $1:$5 "*) return 0 ;; esac
  [ -n "$leader" ] && { [ "$3" = "$leader" ] || [ "$4" = "$leader" ]; }
}

# Sets found to one line "PID GROUP NAME" for each process of the job; those that ended and wait for their parent to
# notice do not count. A line of stat is "PID (NAME) STATE PARENT GROUP SESSION ..."; the name may hold anything. grep
# picks the few lines that matter: a shell takes a tenth of a millisecond for each.
find_processes() {
  found=
  if [ ! -r "/proc/$$/stat" ]; then
    [ -n "$leader" ] && kill -s 0 -- "-$leader" 2>/dev/null && found="$leader $leader group$newline"
    return
  fi
  tree=' '
  seen=' '
  pids=x
  group=${leader:-x}
  set +f
  for match in $(grep -lsF -- "HEADGATE_MARK=$mark" /proc/[0-9]*/environ); do
    match=${match#/proc/}
    tree="$tree${match%/environ} "
    pids="$pids|${match%/environ}"
  done
  for process in $known; do
    pids="$pids|${process%:*}"
  done
  grown=yes
  # Each round may find children of those found in the one before.
  while [ -n "$grown" ]; do
    grown=
    set +f
    table=$(grep -hsE "^($pids) |\\) [^ ] (($pids)|[0-9]+ $group|[0-9]+ [0-9]+ $group) " /proc/[0-9]*/stat)
    set -f
    IFS=$newline
    for line in $table; do
      unset IFS
      pid=${line%% *}
      name=${line#*\(}
      set -- ${line##*\) }
      case $1 in Z | X | x) continue ;; esac
      case $seen in *" $pid "*) continue ;; esac
      if is_job "$pid" "$2" "$3" "$4" "${20}"; then
        found="$found$pid $3 ${name%\)*}$newline"
        seen="$seen$pid "
        tree="$tree$pid "
        pids="$pids|$pid"
        case $known in *" $pid:${20} "*) ;; *) known="$known$pid:${20} " ;; esac
        grown=yes
      fi
    done
    unset IFS
  done
}

# send NAME: to the group at once, then to each process outside it. They are looked for first: a child whose parent
# has ended is no longer known by it.
send() {
  find_processes
  [ -n "$leader" ] && kill -s "$1" -- "-$leader" 2>/dev/null
  IFS=$newline
  for process in $found; do
    unset IFS
    set -- "$1" $process
    [ "$3" = "$leader" ] || kill -s "$1" "$2" 2>/dev/null
  done
  unset IFS
}

# Fails if a process is left that cannot die: after so many rounds, of some milliseconds each, it waits for a device.
end() {
  rounds=0
  while [ "$rounds" -lt 200 ]; do
    send KILL
    find_processes
    [ -z "$found" ] && return 0
    rounds=$((rounds + 1))
  done
  return 1
}

while read -r verb argument; do
  case $verb in
    pipes) mkfifo -m 600 "$folder/stdout" "$folder/stderr" && echo ready || exit 1 ;;
    watch) leader=$argument ;;
    list)
      find_processes
      IFS=$newline
      for process in $found; do
        printf 'left %s\n' "$process"
      done
      unset IFS
      echo listed
      ;;
    signal) send "$argument" ;;
    kill) end ;;
    quit) exit 0 ;;
  esac
done

if end; then
  rm -f -- "$folder/record" "$folder/stdout" "$folder/stderr"
  rmdir -- "$folder" 2>/dev/null
fi
exit 0
