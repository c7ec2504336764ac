import { describe, expect, it } from 'vitest';
import { rewriteRequest, rewriteResponse } from '../../../../src/director/legacy/packages.ts';

const rewritten = (body: string) => rewriteRequest(body).body;

describe('requests in old words', () => {
  it.each([
    ['{ packages { data { id } } }', '{ bundles { data { id } } }'],
    ['in: { packages: [{name: \\"a\\"}] }', 'in: { bundles: [{name: \\"a\\"}] }'],
    ['packages\\n  {', 'bundles\\n  {'],
    ['package(id: \\"x\\")', 'bundle(id: \\"x\\")'],
    ['package ( id :', 'bundle ( id :'],
    ['mode:PACKAGE', 'mode:BUNDLE'],
    ['deletePackageInstanceAuth(authID:', 'deleteBundleInstanceAuth(authID:'],
    ['$in: PackageInstanceAuthStatusInput, $packageID', '$in: BundleInstanceAuthStatusInput, $bundleID'],
  ])('%s', (old, now) => {
    expect(rewriteRequest(old)).toEqual({ body: now, rewritten: true });
  });

  it.each([
    'packages(first: 1) { data',
    '"packages":[{"name":"a"}]',
    '{ packages: bundles { data',
    'how to use packages',
    'packages\\t{',
    '{ bundles { data { id } } }',
  ])('leaves %s alone', (body) => {
    expect(rewriteRequest(body)).toEqual({ body, rewritten: false });
  });

  it('rewrites the data of the caller as well', () => {
    expect(rewritten('displayName: "addPackage"')).toBe('displayName: "addBundle"');
  });
});

describe('answers in old words', () => {
  it('has operations and objects back, but not the words of inputs, paths and messages', () => {
    const answer =
      '{"data":{"addBundle":{"bundles":{"data":[]},"bundle":{"id":"1"},"mode":"BUNDLE"},"x":{"bundle":null}},"errors":[{"message":"[object=bundleInstanceAuth] BundleCreateInput [object=bundle]","path":["deleteBundle","bundles",0]}]}';
    expect(rewriteResponse(answer)).toBe(
      '{"data":{"addPackage":{"packages":{"data":[]},"package":{"id":"1"},"mode":"PACKAGE"},"x":{"bundle":null}},"errors":[{"message":"[object=packageInstanceAuth] BundleCreateInput [object=bundle]","path":["deletePackage","bundles",0]}]}',
    );
  });
});
