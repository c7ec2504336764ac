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
  interrupted: 130,
  terminated: 143,
} as const;

export const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  failure: 'failed',
  usage: 'wrong usage: flags, arguments, a context or tenant that is missing',
  notFound: 'not found',
  notAuthorised: 'not authorised, or a certificate or token was refused',
  conflict: 'conflict: a name is taken, a state does not allow it',
  unreachable: 'no management plane answers there',
  timedOut: 'the time was over before the state was reached',
  pending: 'not ready yet',
  interrupted: 'ended by SIGINT, or a question was answered with no',
  terminated: 'ended by SIGTERM',
};
