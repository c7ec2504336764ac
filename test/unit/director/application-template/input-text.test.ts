import { describe, expect, it } from 'vitest';
import { applicationInputText } from '../../../../src/director/application-template/input-text.ts';
import type { BundleCreateInput } from '../../../../src/director/schema/types.generated.ts';

describe('applicationInputText', () => {
  it('keeps the order of fields and shows empty texts, not null', () => {
    const input = {
      baseUrl: 'u',
      statusCondition: 'FAILED',
      providerName: null,
      description: '',
      name: 'a"b\tc\n',
      labels: {},
      webhooks: [],
    } as const;
    expect(applicationInputText(input as never)).toBe('{name: "a"bc",description: "",statusCondition: FAILED,baseUrl: "u",}');
  });

  it('sorts labels and escapes their texts', () => {
    const labels = { z: { b: [1, 'x', {}], a: null }, a: '"<&>"', e: [] };
    expect(applicationInputText({ name: 'n', labels })).toBe(
      '{name: "n",labels: {a:"\\"\\u003c\\u0026\\u003e\\"",e:[],z:{a:null,b:[1,"x",{}],},},}',
    );
  });

  it('writes webhooks and logins', () => {
    const auth = {
      credential: { basic: { username: 'u', password: 'p' } },
      accessStrategy: 'open',
      additionalHeadersSerialized: '{"h":["1"]}',
      requestAuth: { csrf: { tokenEndpointURL: 't', credential: { oauth: { clientId: 'i', clientSecret: 's', url: 'o' } } } },
    };
    expect(
      applicationInputText({
        name: 'n',
        webhooks: [
          { type: 'CONFIGURATION_CHANGED', url: 'w', auth, retryInterval: 0, timeout: 7 },
          { type: 'OPEN_RESOURCE_DISCOVERY', url: 'x' },
        ],
      }),
    ).toBe(
      '{name: "n",webhooks: [ {type: CONFIGURATION_CHANGED,url: "w",auth:{credential:  {basic: {username: "u",password: "p",},},accessStrategy: "open",additionalHeadersSerialized: "{\\"h\\":[\\"1\\"]}",' +
        'requestAuth: {csrf: {tokenEndpointURL: "t",credential:  {oauth: {clientId: "i",clientSecret: "s",url: "o",},},},},},retryInterval: 0,timeout: 7,}, {type: OPEN_RESOURCE_DISCOVERY,url: "x",} ],}',
    );
  });

  it('writes bundles with all they hold', () => {
    const bundle = {
      name: 'b',
      description: 'd',
      instanceAuthRequestInputSchema: '{"type":"string"}',
      defaultInstanceAuth: { accessStrategy: 'open' },
      apiDefinitions: [
        {
          name: 'a',
          targetURL: 't',
          spec: { data: '{"x"}', type: 'OPEN_API', format: 'JSON', fetchRequest: { url: 'f' } },
          version: { value: '1' },
        },
        { name: 'a2', targetURL: 't' },
      ],
      eventDefinitions: [{ name: 'e', spec: { type: 'ASYNC_API', format: 'YAML', data: 'y' }, group: 'g' }],
      documents: [{ title: 't', displayName: 'n', description: 'd', format: 'MARKDOWN', data: 'x' }],
      correlationIDs: ['c1', 'c2'],
    };
    expect(applicationInputText({ name: 'n', bundles: [bundle, { name: 'b2' }] } as never)).toBe(
      '{name: "n",bundles: [{name: "b"description: "d"instanceAuthRequestInputSchema: {"type":"string"}defaultInstanceAuth:{accessStrategy: "open",}' +
        'apiDefinitions: [ {name: "a",targetURL: "t",spec:{data: "{\\"x\\"}",type: OPEN_API,format: JSON,fetchRequest:{url: "f",mode: SINGLE,},},version:{value: "1",deprecated: false,forRemoval: false,},}, {name: "a2",targetURL: "t",}],' +
        'eventDefinitions: [ {name: "e",spec: {data: "y",type: ASYNC_API,format: YAML,},group: "g",}],' +
        'documents: [{title: "t",displayName: "n",description: "d",format: MARKDOWN,data: "x",} ],correlationIDs: [ "c1", "c2" ]},{name: "b2"} ],}',
    );
  });

  it('leaves the texts of documents as they are, and escapes what cannot be seen in specs', () => {
    const odd = '"\\\n\t\u0007\u000b\u0000\u007f\u00a0ü\u2028😀\u{e0001} ';
    const bundle: BundleCreateInput = {
      name: 'b',
      eventDefinitions: [{ name: 'e', spec: { type: 'ASYNC_API', format: 'YAML', data: odd } }],
      documents: [{ title: 't', displayName: 'd', description: 'd', format: 'MARKDOWN', data: 'a "b"\r\nc' }],
    };
    expect(applicationInputText({ name: 'n', bundles: [bundle] })).toBe(
      String.raw`{name: "n",bundles: [{name: "b"eventDefinitions: [ {name: "e",spec: {data: "\"\\\n\t\a\v\x00\x7f\u00a0ü\u2028😀\U000e0001 ",type: ASYNC_API,format: YAML,},}],` +
        'documents: [{title: "t",displayName: "d",description: "d",format: MARKDOWN,data: "a "b"\rc",} ],} ],}',
    );
  });

  it('leaves out what was given as null, and writes the name of a certificate as a request for a token', () => {
    const fetchRequest = { url: 'f', mode: null, auth: { certCommonName: 'cn' } };
    const apiDefinitions = [
      {
        name: 'a',
        targetURL: 't',
        version: { value: '1', deprecated: null, forRemoval: null },
        spec: { type: 'ODATA', format: 'XML', fetchRequest },
      },
    ] as const;
    expect(applicationInputText({ name: 'n', bundles: [{ name: 'b', apiDefinitions: [...apiDefinitions] }] })).toBe(
      '{name: "n",bundles: [{name: "b"apiDefinitions: [ {name: "a",targetURL: "t",spec:{type: ODATA,format: XML,fetchRequest:{url: "f",auth:{requestAuth: cn,},},},version:{value: "1",},}],} ],}',
    );
  });
});
