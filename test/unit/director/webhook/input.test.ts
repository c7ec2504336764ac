import { describe, expect, it } from 'vitest';
import type { WebhookInput } from '../../../../src/director/schema/types.generated.ts';
import { inputError, RawFault } from '../../../../src/director/validation.ts';
import { requestAddressFault } from '../../../../src/director/webhook/address.ts';
import { webhookFault } from '../../../../src/director/webhook/input.ts';
import { templateFault } from '../../../../src/director/webhook/templates.ts';

const URL = 'https://shop.example.com/hook';

function told(input: Partial<WebhookInput>): string | undefined {
  const fault = webhookFault({ type: 'CONFIGURATION_CHANGED', ...input });
  if (fault === undefined || typeof fault === 'string') return fault;
  return fault instanceof RawFault ? fault.text : inputError('WebhookInput', fault).message;
}

describe('a webhook', () => {
  it('tells all faults of its fields together, and before any other', () => {
    expect(told({ url: 'nope nope', mode: 'ASYNC', timeout: -1 })).toBe(
      'Invalid data WebhookInput [mode=must be a valid value; timeout=must be no less than 0; url=must be a valid URL]',
    );
    expect(told({ timeout: -1 })).toBe('Invalid data WebhookInput [timeout=must be no less than 0]');
  });

  it('needs exactly one address; an empty one is one', () => {
    expect(told({})).toContain('missing webhook url');
    expect(told({ url: '', urlTemplate: '{}' })).toContain('cannot provide both webhook url and url template');
    expect(told({ url: '' })).toContain('parse "": empty url');
  });

  it('has templates only where its type is told something', () => {
    expect(told({ type: 'OPEN_RESOURCE_DISCOVERY', url: URL, headerTemplate: '{}' })).toContain(
      'missing template input for type: OPEN_RESOURCE_DISCOVERY',
    );
    expect(told({ type: 'OPEN_RESOURCE_DISCOVERY', url: URL, outputTemplate: '{"success_status_code":200,"error":""}' })).toBeUndefined();
  });

  it('needs to say how the answer is read where it registers applications', () => {
    expect(told({ type: 'REGISTER_APPLICATION', url: URL })).toContain('outputTemplate is required for type: REGISTER_APPLICATION');
    const output = { outputTemplate: '{"success_status_code":202,"error":"{{.Body.error}}"}' };
    expect(told({ type: 'REGISTER_APPLICATION', url: URL, ...output, mode: 'ASYNC' })).toContain('missing webhook status template');
    expect(told({ type: 'REGISTER_APPLICATION', url: URL, ...output, statusTemplate: 'unread' })).toBeUndefined();
  });
});

describe('addresses that requests are sent to', () => {
  it.each([
    ['localhost:8080', undefined],
    ['mailto:ops@shop.local', undefined],
    ['http://[::1]:80/x', undefined],
    ['shop.local/hook', 'parse "shop.local/hook": invalid URI for request'],
    ['http://a.b#f', 'parse "http://a.b#f": invalid character "#" in host name'],
    ['http://a.b:80#f', 'parse "http://a.b:80#f": invalid port ":80#f" after host'],
    ['http://u@[::1]#f', 'parse "http://u@[::1]#f": invalid port "#f" after host'],
    ['https://a.b/%zz', 'parse "https://a.b/%zz": invalid URL escape "%zz"'],
  ])('%s', (address, fault) => expect(requestAddressFault(address)).toBe(fault));
});

describe('templates', () => {
  it('give a method that is taken and a path', () => {
    const fault = (text: string) => templateFault(text, 'url', 'FORMATION_LIFECYCLE');
    expect(fault('{"path":"https://a.b/{{.Formation.ID}}","method":"POST"}')).toBeUndefined();
    expect(fault('{"Path":"/x","METHOD":"POST"}')).toBeUndefined();
    expect(fault('{"path":"/x"}')).toBe('missing URL Template method field');
    expect(fault('{"path":"/x","method":"post"}')).toBe('http method not allowed, allowed methods: [GET POST PUT DELETE PATCH]');
    expect(fault('{"path":"x","method":"GET"}')).toBe('failed to parse URL Template path field: parse "x": invalid URI for request');
    expect(fault('{"path":7,"method":"GET"}')).toContain('cannot unmarshal number');
  });

  it('know what their type is told, and nothing else', () => {
    expect(templateFault('{"x":"{{.Application.Name}}"}', 'input', 'CONFIGURATION_CHANGED')).toBeUndefined();
    expect(templateFault('{"x":"{{.Application.Name}}"}', 'input', 'FORMATION_LIFECYCLE')).toBeDefined();
    expect(templateFault('{"x":"{{.TenantID}}"}', 'input', 'UNREGISTER_APPLICATION')).toBeUndefined();
    expect(templateFault('{"x":"{{.Nothing}}"}', 'input', 'UNREGISTER_APPLICATION')).toBeDefined();
  });

  it('give headers as lists of texts', () => {
    expect(templateFault('{"X":["a"],"Y":null}', 'headers', 'CONFIGURATION_CHANGED')).toBeUndefined();
    expect(templateFault('{"X":"a"}', 'headers', 'CONFIGURATION_CHANGED')).toBe(
      'json: cannot unmarshal string into Go value of type []string',
    );
  });

  it('name the first field that an answer lacks', () => {
    expect(templateFault('{"error":""}', 'output', 'X')).toBe('missing Output Template success status code field');
    expect(templateFault('{"status":"","success_status_code":200}', 'status', 'X')).toBe(
      'missing Status Template success status identifier field',
    );
  });

  it('give statuses as whole numbers', () => {
    const fault = (code: string) => templateFault(`{"success_status_code":${code},"error":""}`, 'output', 'X');
    expect(fault('200')).toBeUndefined();
    expect(fault('"200"')).toBe('json: cannot unmarshal string into Go struct field Response.success_status_code of type int');
    expect(fault('200.5')).toBe('json: cannot unmarshal number 200.5 into Go struct field Response.success_status_code of type int');
  });
});
