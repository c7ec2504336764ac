/** How it is told that a token has run out, or is for nobody. */
import { expect, it } from 'vitest';
import { askedDirector } from '../../../support/director-asked.ts';

it('cannot be given to an integration system', async () => {
  const { ask, refusal } = await askedDirector();
  const made = await ask('mutation { result: registerIntegrationSystem(in: {name: "s"}) { id } }');
  const { id } = made.data!.result as { id: string };
  const client = await ask(`mutation { result: requestClientCredentialsForIntegrationSystem(id: "${id}") { id } }`);
  const auth = (client.data!.result as { id: string }).id;
  for (const kind of ['Application', 'Runtime'])
    expect(await refusal(`mutation { result: requestOneTimeTokenFor${kind}(id: "any", systemAuthID: "${auth}") { token } }`)).toContain(
      ' is no valid token type',
    );
});

it.each(['Application', 'Runtime'])('for an auth with an empty id is none: %s', async (kind) => {
  const { refusal } = await askedDirector();
  expect(await refusal(`mutation { result: requestOneTimeTokenFor${kind}(id: "any", systemAuthID: "") { token } }`)).toContain(
    'Object not found [',
  );
});

it.each([
  ['Application', '5m0s'],
  ['Runtime', '1h0m0s'],
])('of an %s it is %s', async (type, lifetime) => {
  const { ask, refusal } = await askedDirector();
  const made = await ask('mutation { result: registerRuntime(in: {name: "r"}) { id } }');
  const { id } = made.data!.result as { id: string };
  await ask(`mutation { result: requestOneTimeTokenForRuntime(id: "${id}") { token } }`);
  const told = await ask(`{ result: runtime(id: "${id}") { auths { id } } }`);
  const auth = (told.data!.result as { auths: { id: string }[] }).auths[0]!.id;
  const long = '"2020-01-01T00:00:00Z"';
  const token = `{token: "t", type: ${type}, used: false, createdAt: ${long}, expiresAt: ${long}, usedAt: ${long}}`;
  await ask(`mutation { result: updateSystemAuth(authID: "${auth}", in: {oneTimeToken: ${token}}) { id } }`);
  expect(await refusal('{ result: systemAuthByToken(token: "t") { id } }')).toContain(
    `One Time Token with validity ${lifetime} for system auth with ID ${auth} has expired`,
  );
});
