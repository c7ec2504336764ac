/** `compass schema`, on what a real schema says of itself. */
import { buildSchema, graphqlSync } from 'graphql';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compass } from './support/compass.ts';

const schema = buildSchema(`
"One of two" union Pet = Cat | Dog
type Cat { name: String! }
type Dog { name: String!, "Others" friends(first: Int = 5): [Dog!]! }
"How it is" enum Mood { GOOD "Not good" BAD }
"A dog to be" input DogInput { "What it is called" name: String!, mood: Mood = GOOD }
type Query { "The pets" pets: [Pet] }
type Mutation { "Adds a dog" addDog(in: DogInput!, mood: Mood): Dog! }
`);

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(graphqlSync({ schema, source: query, variableValues: variables })));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (...words: string[]) => compass(['schema', ...words, '--url', url]);

test('all operations, or those that are looked for', async () => {
  expect((await ask()).stdout).toBe('query\tpets\t[Pet]\tThe pets\nmutation\taddDog\tDog!\tAdds a dog\n');
  expect((await ask('--search', 'ADDS')).stdout).toBe('mutation\taddDog\tDog!\tAdds a dog\n');
});

test('an operation with what it takes', async () => {
  expect((await ask('addDog')).stdout).toBe(
    [
      '# mutation\n# Adds a dog\naddDog(in: DogInput!, mood: Mood): Dog!\n',
      '# A dog to be\ninput DogInput {\n  # What it is called\n  name: String!\n  mood: Mood = GOOD\n}\n',
      '# How it is\nenum Mood {\n  GOOD\n  # Not good\n  BAD\n}\n',
    ].join('\n'),
  );
});

test.each([
  ['Dog', 'type Dog {\n  name: String!\n  # Others\n  friends(first: Int = 5): [Dog!]!\n}\n'],
  ['Pet', '# One of two\nunion Pet = Cat | Dog\n'],
  ['Int', /scalar Int$/],
])('the type %s', async (name, shown) => {
  const { stdout } = await ask(name);
  if (typeof shown === 'string') expect(stdout).toBe(shown);
  else expect(stdout.trimEnd()).toMatch(shown);
});

test('what there is not: 3, with what may be meant', async () => {
  expect(await ask('adddog')).toMatchObject({ exit: 3, stderr: expect.stringContaining('Did you mean addDog?') as string });
  expect(await ask('Dgo')).toMatchObject({ exit: 3, stderr: expect.stringContaining('Dog') as string });
});
