import { describe, expect, it } from 'vitest';
import { comparedSubject, orderedSubject, subjectFault } from '../../../../src/director/certificate-subject-mapping/subject.ts';

describe('subjects of certificates', () => {
  it('are kept in one order, with all units and nothing that does not count', () => {
    expect(orderedSubject('C=DE, ST=x, O=Shop, OU=Z, OU=A, L=Sofia, CN=x, EMAILADDRESS=ops@shop.local')).toBe(
      'CN=x, OU=A, OU=Z, O=Shop, L=Sofia, C=DE',
    );
  });

  it('end their values at signs that part them; a common name at commas alone', () => {
    expect(orderedSubject('CN=a(b)+c, OU=U|V, O=O(1), L=L+M, C=DE')).toBe('CN=a(b)+c, OU=U, O=O, L=L, C=DE');
  });

  it('are the same client whatever their order, and however often they name a unit', () => {
    expect(comparedSubject('C=DE,O=O,OU=B,OU=A,OU=B,L=L,CN=x')).toBe(comparedSubject('CN=x, OU=A, OU=B, O=O, L=L, C=DE'));
  });

  it.each([
    ['/C=DE/O=O/OU=U/L=L/CN=x', 'We got: 1'],
    ['C=DE, O=O, OU=U, OU=V, CN=x', 'missing Locality'],
    ['C=, O=O, OU=U, L=L, CN=x', 'missing Country'],
    ['c=DE, o=O, ou=U, l=L, cn=x', 'missing Country'],
  ])('are refused as %s', (subject, fault) => expect(subjectFault(subject)).toContain(fault));
});
