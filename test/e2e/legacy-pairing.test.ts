/** An application of the old REST interface, played by openssl and curl: the lines of its walk-through, typed as they stand there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';
import { missingTools as missing, type Walked, walkThrough } from './support/walkthrough.ts';

describe.skipIf(missing.length > 0)(`docs/legacy-applications.md${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}`, () => {
  let home: Home;
  let plane: Serving;
  let walked: Walked;
  const section = (heading: string) => walked.printed(heading);
  const file = (name: string) => walked.json(name);

  beforeAll(async () => {
    home = newHome();
    plane = await home.serve();
    walked = await walkThrough('docs/legacy-applications.md', home, plane);
  });
  afterAll(async () => {
    await plane?.stop();
    home.remove();
  });

  test('the address opens the information for the signing request', () => {
    expect(file('info.json')).toMatchObject({
      csrUrl: expect.stringContaining(`${plane.ready.gateway}/v1/applications/certificates?token=`) as string,
      api: { metadataUrl: `${plane.ready.mtls}/mp-shop/v1/metadata/services`, eventsUrl: '' },
      certificate: { 'key-algorithm': 'rsa2048' },
    });
  });

  test('the certificate is made out to the announced subject and opens the management information', () => {
    const { subject } = file('info.json').certificate as { subject: string };
    expect(section('Get a certificate')).toContain(subject.split('CN=')[1]);
    expect(file('management.json')).toMatchObject({ clientIdentity: { application: 'mp-shop' } });
  });

  test('a service is a bundle for everybody else', () => {
    expect(file('service.json')).toEqual({ id: expect.any(String) as string });
    expect(section('Register a service')).toMatch(/^.*\borders\b/m);
  });

  test('it is read, changed and removed', () => {
    const answers = section('Read, change and remove it');
    expect(answers).toContain('"spec":{"openapi":"3.0.0"');
    expect(answers).toContain('"credentials":{"basic":{"username":"u","password":"p"}}');
    expect(answers).toMatch(/"description":"Orders, second edition".*"identifier":"orders-1".*204\s*$/s);
  });

  test('a renewed certificate is another one and opens the same', () => {
    expect(section('Renew the certificate')).toContain('"clientIdentity":{"application":"mp-shop"}');
    expect(file('renewed.json').crt).not.toBe(file('certificate.json').crt);
  });

  test('what was given back opens nothing', () => {
    expect(section('Give it back')).toBe('201{"code":403,"error":"invalid token or certificate"}');
  });
});
