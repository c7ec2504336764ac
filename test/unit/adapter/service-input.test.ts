/** Services that no client should send: refused in words, whatever their parts are. */
import { describe, expect, it } from 'vitest';
import { checkService } from '../../../src/adapter/service-faults.ts';
import { readService } from '../../../src/adapter/service-input.ts';

const BASE = { provider: 'p', name: 'n', description: 'd', api: { targetUrl: 'https://x.example.com' } };
const documentation = (part: object) => ({ documentation: { displayName: 'a', description: 'b', type: 'c', ...part } });
const api = (part: object) => ({ api: { ...BASE.api, ...part } });
const read = (part: object) => {
  const service = readService(JSON.stringify({ ...BASE, ...part }));
  checkService(service);
  return service;
};

describe('a service', () => {
  it.each([
    [{ labels: { a: 1 } }, 'labels is a JSON object'],
    [{ labels: ['a'] }, 'labels is a JSON array'],
    [{ shortDescription: 5 }, 'shortDescription is a JSON number'],
    [documentation({ tags: [1] }), 'documentation.tags is a JSON array'],
    [documentation({ docs: ['x'] }), 'documentation.docs.0 is a JSON string'],
    [documentation({ docs: [{}, { title: 5 }] }), 'title is a JSON number'],
    [api({ credentials: { certificateGen: { commonName: 5 } } }), 'certificateGen.commonName is a JSON number'],
    [api({ credentials: { oauth: { requestParameters: 'x' } } }), 'oauth.requestParameters is a JSON string'],
  ])('%# with a part of another kind is refused', (part, message) => {
    expect(() => read(part)).toThrow(message);
  });

  it('may have nothing where something could be', () => {
    const nothing = { labels: null, shortDescription: null, ...documentation({ docs: [null], tags: null }) };
    expect(read({ ...nothing, ...api({ credentials: null }) }).documentation?.docs).toEqual([{ title: '', type: '', source: '' }]);
    expect(() => checkService(readService('null'))).toThrow('Provider field cannot be empty.;Name field');
  });

  it('says where the token against forgery is got, for a certificate too', () => {
    const way = { certificateGen: { csrfInfo: {} } };
    expect(() => read(api({ credentials: way }))).toThrow('tokenEndpointURL field cannot be empty');
    expect(() => read(api({ credentials: { certificateGen: {} } }))).not.toThrow();
  });

  it('logs in for its specification by name or by client, and by nothing else', () => {
    const basic = { username: 'u', password: 'p' };
    const given = { basic: { ...basic, csrfInfo: {} }, certificateGen: {} };
    expect(read(api({ specificationCredentials: given })).api?.specificationCredentials).toEqual({ basic });
    expect(() => read(api({ specificationCredentials: { basic: 'x' } }))).toThrow('basic is a JSON string');
  });

  it('is understood in letters of any case, its specification as well', () => {
    const { Provider, api } = { Provider: 'p', api: { TARGETURL: 'https://x.example.com', Spec: { b: 1.0, a: 'x' } } };
    const service = readService(JSON.stringify({ Provider, NAME: 'n', description: 'd', API: api }));
    expect(service).toMatchObject({ provider: 'p', name: 'n', api: { targetUrl: 'https://x.example.com', spec: '{"b":1,"a":"x"}' } });
  });

  it('is told of its ways to log in in one order, whatever theirs is', () => {
    const faults =
      'oauth url field cannot be empty;oauth clientId field cannot be empty;oauth clientSecret cannot be empty;basic auth username field cannot be empty;basic auth password field cannot be empty';
    expect(() => read(api({ credentials: { basic: {}, oauth: {} } }))).toThrow(faults);
  });
});
