/** The words of other programs for what is called otherwise here: who types them is told ours. */

const NOUNS: Readonly<Record<string, readonly string[]>> = {
  application: ['app'],
  template: ['app-template', 'formation-template'],
  credential: ['auth'],
  config: ['context'],
  label: ['app label', 'runtime label'],
  token: ['app token', 'runtime token'],
  certificate: ['cert-mapping', 'ca'],
};
const VERBS: Readonly<Record<string, readonly string[]>> = {
  ls: ['list'],
  show: ['get'],
  describe: ['get', 'explain'],
  view: ['get'],
  create: ['register', 'create', 'add'],
  add: ['register', 'create', 'add'],
  new: ['register', 'create', 'add'],
  delete: ['unregister', 'delete', 'remove'],
  rm: ['unregister', 'delete', 'remove'],
  remove: ['unregister', 'delete', 'remove'],
  edit: ['update'],
  set: ['update'],
  switch: ['use'],
  current: ['show'],
};
const COMMANDS: Readonly<Record<string, string>> = {
  start: 'serve',
  up: 'serve',
  login: 'context add',
  query: 'graphql',
  listen: 'webhook listen',
  logs: 'runtime logs',
  backup: 'registry backup',
  export: 'registry export',
  import: 'registry import',
  snapshot: 'registry backup',
  status: 'health',
  doctor: 'health',
  ping: 'health',
  down: 'stop',
  kill: 'stop',
  ps: 'context list',
  planes: 'context list',
  certs: 'ca list',
  history: 'audit',
  whois: 'whoami',
  explain: 'schema',
  introspect: 'schema',
  types: 'schema',
};

const nounsFor = (word: string) => {
  const one = word.endsWith('s') ? word.slice(0, -1) : word;
  return [word, one, ...(NOUNS[one] ?? [])];
};
const verbsFor = (word: string) => [word, ...(VERBS[word] ?? [])];

/** Commands that the words may mean, `verb noun` as well; what follows (names of objects) does not count. `known` are all commands. */
export function inOurWords(words: readonly string[], known: readonly string[]): string[] {
  const [first = '', second = ''] = words;
  const pairs = [
    [first, second],
    [second, first],
  ].flatMap(([noun, verb]) => nounsFor(noun!).flatMap((ours) => verbsFor(verb!).map((does) => `${ours} ${does}`.trim())));
  const found = [...new Set(pairs.filter((pair) => known.includes(pair)))].slice(0, 3);
  const alone = COMMANDS[first];
  return found.length > 0 || alone === undefined ? found : [alone];
}
