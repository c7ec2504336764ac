/** What every outgoing call of a request has in common: how far it may reach, and whose trace it belongs to. */
import type { DirectorContext } from '../context.ts';
import type { AuthRecord } from '../auth/records.ts';
import type { OutboundOptions } from './transport.ts';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;
/** Short and printable: these go out as they came. */
const PLAIN = /^[\x20-\x7e]{1,512}$/;

/**
 * The headers by which the callers of a request and those that are called for it find each other: W3C trace context, and Zipkin's.
 * A `tracestate` says nothing without its `traceparent`.
 */
export function traceHeaders(headers: DirectorContext['headers']): Record<string, string> {
  const { traceparent, tracestate } = headers;
  const zipkin = Object.entries(headers).filter(
    (entry): entry is [string, string] => (entry[0] === 'b3' || entry[0].startsWith('x-b3-')) && PLAIN.test(entry[1] ?? ''),
  );
  return {
    ...Object.fromEntries(zipkin),
    ...(traceparent && TRACEPARENT.test(traceparent) && PLAIN.test(traceparent)
      ? { traceparent, ...(tracestate && PLAIN.test(tracestate) && { tracestate }) }
      : {}),
  };
}

/** How those want to be called that know the plane by its client certificate. */
export const BY_CERTIFICATE = 'sap:cmp-mtls:v1';

/** For calls that `auth` is for; the plane's certificate is shown where it asks for that. */
export async function outboundOptions(
  { director, requestId, headers }: DirectorContext,
  auth: Pick<AuthRecord, 'accessStrategy'> | undefined,
): Promise<OutboundOptions> {
  const certificate = auth?.accessStrategy === BY_CERTIFICATE ? await director.certificate?.() : undefined;
  return {
    privateAddresses: director.settings.privateAddresses,
    requestId,
    trace: traceHeaders(headers),
    ...(certificate && { certificate }),
  };
}
