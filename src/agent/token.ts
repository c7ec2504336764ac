/** One-time tokens in the forms that people are handed them. */

export interface PairingToken {
  readonly token: string;
  /** Absent in a plain token. */
  readonly connectorURL?: string;
}

/** Reads a token, plain or encoded together with the Connector's address. */
export function readToken(text: string): PairingToken {
  const trimmed = text.trim();
  for (const candidate of [trimmed, Buffer.from(trimmed, 'base64').toString('utf8')]) {
    const { token, connectorURL } = fieldsOf(candidate);
    if (typeof token === 'string' && token !== '')
      return { token, ...(typeof connectorURL === 'string' && connectorURL !== '' ? { connectorURL } : {}) };
  }
  return { token: trimmed };
}

function fieldsOf(text: string): { readonly token?: unknown; readonly connectorURL?: unknown } {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
