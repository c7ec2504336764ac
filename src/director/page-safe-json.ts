const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON as the reference writes texts that hold JSON: compact, with signs escaped that would be markup in a page. */
export const pageSafeJSON = (value: unknown): string =>
  JSON.stringify(value).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
