/** The exit codes of every command; scripts rely on them (`docs/cli.md`). */
export const EXIT = {
  done: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  notAuthorised: 4,
  conflict: 5,
  unreachable: 6,
  timedOut: 7,
  pending: 8,
  differs: 10,
  interrupted: 130,
  terminated: 143,
} as const;
