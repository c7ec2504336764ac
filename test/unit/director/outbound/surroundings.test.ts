import { describe, expect, it } from 'vitest';
import { traceHeaders } from '../../../../src/director/outbound/surroundings.ts';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('headers of a trace', () => {
  it('go on as they came', () => {
    const headers = { traceparent: PARENT, tracestate: 'vendor=1', 'x-b3-traceid': '80f198ee56343ba8', b3: '0' };
    expect(traceHeaders({ ...headers, authorization: 'Bearer x', tenant: 'T', 'x-b3-flags': undefined })).toEqual(headers);
  });

  it.each([
    ['no hexadecimal', PARENT.replace('0af7', '0AFG')],
    ['an empty trace', '00-00000000000000000000000000000000-b7ad6b7169203331-01'],
    ['an empty parent', '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01'],
    ['a version that is none', `ff${PARENT.slice(2)}`],
    ['far too much', PARENT + 'x'.repeat(1000)],
  ])('stay behind with %s, and their state with them', (_, traceparent) => {
    expect(traceHeaders({ traceparent, tracestate: 'vendor=1' })).toEqual({});
  });
});
