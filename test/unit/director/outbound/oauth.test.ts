import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenHeader } from '../../../../src/director/outbound/oauth.ts';

let answer: { status: number; type: string; body: string };
let asked: number;
const server = createServer((request, response) => {
  asked += 1;
  request.resume();
  response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
});

beforeEach(async () => {
  asked = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function header(status: number, body: string, type = 'application/json'): Promise<string> {
  answer = { status, type, body };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return tokenHeader({ kind: 'oauth', clientId: 'i', clientSecret: 's', url }, { privateAddresses: true }).catch(
    (error: Error) => error.message,
  );
}

describe('what a token server answers', () => {
  it.each([
    ['nojson', "oauth2: cannot parse json: invalid character 'o' in literal null (expecting 'u')"],
    ['', 'oauth2: cannot parse json: unexpected end of JSON input'],
    ['["t"]', 'oauth2: cannot parse json: json: cannot unmarshal array into Go value of type internal.tokenJSON'],
    [
      '{"access_token":5}',
      'oauth2: cannot parse json: json: cannot unmarshal number into Go struct field tokenJSON.access_token of type string',
    ],
    ['null', 'oauth2: server response missing access_token'],
    ['{"access_token":null}', 'oauth2: server response missing access_token'],
    ['{"error":"e","access_token":"t"}', 'oauth2: "e"'],
    ['{"error":"e","error_description":"say \\"d\\"","error_uri":"u"}', String.raw`oauth2: "e" "say \"d\"" "u"`],
  ])('%s is no token, also when it is asked in the other form', async (body, message) => {
    expect(await header(200, body)).toBe(message);
    expect(asked).toBe(2);
  });

  it('tells a failure in words of its own by these, any other by its status and text', async () => {
    expect(await header(401, '{"error":"invalid_client"}')).toBe('oauth2: "invalid_client"');
    expect(await header(500, '["x"]')).toBe('oauth2: cannot fetch token: 500 Internal Server Error\nResponse: ["x"]');
  });

  it('is taken as JSON and as a form', async () => {
    expect(await header(200, '{"access_token":"t","token_type":"bearer"}')).toBe('Bearer t');
    expect(await header(200, 'access_token=f&token_type=mac', 'application/x-www-form-urlencoded')).toBe('MAC f');
    expect(asked).toBe(2);
  });
});

describe('a token server that does not answer', () => {
  it.each([
    ['http://127.0.0.1:1/token', 'Post "http://127.0.0.1:1/token": dial tcp 127.0.0.1:1: connect: connection refused'],
    ['login.example.com/token', 'Post "login.example.com/token": unsupported protocol scheme ""'],
  ])('%s is told with its address', async (url, message) => {
    const credential = { kind: 'oauth', clientId: 'i', clientSecret: 's', url } as const;
    await expect(tokenHeader(credential, { privateAddresses: true })).rejects.toThrow(message);
  });
});
