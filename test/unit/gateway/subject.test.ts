import { describe, expect, it } from 'vitest';
import { clientOf, DEFAULT_EXTERNAL_ISSUER, sameSubject, subjectOfName, subjectOfText } from '../../../src/gateway/subject.ts';

const NAME = { C: ['DE'], L: ['local'], O: ['SAP SE'], OU: ['Region', 'SAP Cloud Platform Clients', 'f807'], CN: ['compass'] };

describe('subjects of another authority', () => {
  it('are the same in any order, with or without blanks', () => {
    const wanted = subjectOfName(NAME);
    expect(
      sameSubject(subjectOfText('CN=compass, OU=f807,OU=Region, OU=SAP Cloud Platform Clients, O=SAP SE, L=local, C=DE'), wanted),
    ).toBe(true);
    expect(sameSubject(subjectOfText('C=DE,L=local,O=SAP SE,OU=Region,OU=f807,CN=compass'), wanted)).toBe(false);
    expect(sameSubject(subjectOfText('C=DE, L=local, O=SAP SE, OU=Region, OU=SAP Cloud Platform Clients, OU=f807, CN=other'), wanted)).toBe(
      false,
    );
  });

  it('name the one unit that stands for nothing else', () => {
    expect(clientOf(subjectOfName(NAME), DEFAULT_EXTERNAL_ISSUER)).toBe('f807');
    expect(clientOf(subjectOfName({ ...NAME, OU: ['Region', 'a', 'b'] }), DEFAULT_EXTERNAL_ISSUER)).toBeUndefined();
    expect(clientOf(subjectOfName({ ...NAME, OU: ['Region'] }), DEFAULT_EXTERNAL_ISSUER)).toBeUndefined();
    expect(clientOf(subjectOfName({ ...NAME, C: ['FR'] }), DEFAULT_EXTERNAL_ISSUER)).toBeUndefined();
    expect(clientOf(subjectOfName({ ...NAME, O: ['SAP'] }), DEFAULT_EXTERNAL_ISSUER)).toBeUndefined();
  });

  it('take patterns for whole words', () => {
    expect(clientOf(subjectOfName({ ...NAME, OU: ['Regional', 'eu Region 1'] }), DEFAULT_EXTERNAL_ISSUER)).toBe('Regional');
  });

  it('end their values at brackets, bars and plus signs', () => {
    expect(clientOf(subjectOfName({ ...NAME, OU: ['f807(x', 'Region|y'] }), DEFAULT_EXTERNAL_ISSUER)).toBe('f807');
  });
});
