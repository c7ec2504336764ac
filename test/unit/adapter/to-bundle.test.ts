import { describe, expect, it } from 'vitest';
import { readService } from '../../../src/adapter/service-input.ts';
import { bundleOf } from '../../../src/adapter/to-bundle.ts';

const apiOf = (api: object) =>
  bundleOf(readService(JSON.stringify({ provider: 'p', name: 'n', description: 'd', api: { targetUrl: 'https://x.example.com', ...api } })))
    .apiDefinitions![0]!;

describe('the format of a specification', () => {
  it.each([
    [{ openapi: '3.0.0' }, 'JSON'],
    ['<edmx/>', 'XML'],
    ['openapi: 3.0.0', 'YAML'],
    ['{"openapi":"3.0.0"}', 'YAML'],
    [' <edmx/>', 'YAML'],
    ['< 5', 'YAML'],
    [`<${'a'.repeat(512)}>`, 'YAML'],
    [[1], 'YAML'],
    [5, 'YAML'],
  ])('%j is %s', (spec, format) => {
    expect(apiOf({ spec }).spec).toEqual({ type: 'OPEN_API', format, data: JSON.stringify(spec) });
  });
});

describe('a specification that is to be fetched', () => {
  it('has a login where one is named, though nothing is in it', () => {
    expect(apiOf({ specificationUrl: 'https://x.example.com/spec' }).spec?.fetchRequest).toEqual({ url: 'https://x.example.com/spec' });
    for (const login of [{ specificationCredentials: {} }, { specificationRequestParameters: {} }])
      expect(apiOf(login).spec).toEqual({ type: 'OPEN_API', format: 'JSON', fetchRequest: { url: '', auth: {} } });
  });
});
