import { describe, expect, it } from 'vitest';
import { clusterConfig } from '../../../src/provisioner/cluster/config.ts';
import { changedConfig, checkZones, higherVersion } from '../../../src/provisioner/cluster/upgrade.ts';
import type { GardenerConfigInput } from '../../../src/provisioner/types.generated.ts';

const ZONE = { name: 'z1', workerCidr: 'w', internalCidr: 'i', publicCidr: 'p' };
const INPUT: GardenerConfigInput = {
  name: 'c',
  kubernetesVersion: '1.28.7',
  provider: 'aws',
  targetSecret: 's',
  region: 'r',
  machineType: 'm',
  workerCidr: 'w',
  autoScalerMin: 1,
  autoScalerMax: 2,
  maxSurge: 1,
  maxUnavailable: 0,
  controlPlaneFailureTolerance: 'zone',
  providerSpecificConfig: { awsConfig: { vpcCidr: 'v', awsZones: [ZONE] } },
};

describe('a change of a cluster', () => {
  it('keeps what is not given, and forgets what the control plane survives', () => {
    const present = clusterConfig(INPUT);
    const { controlPlaneFailureTolerance: _, ...kept } = present;
    expect(changedConfig(present, { machineType: null }, undefined)).toEqual(kept);
  });

  it('never goes back to a lower version', () => {
    expect(higherVersion('1.28.10', '1.28.9')).toBe('1.28.10');
    expect(higherVersion('1.28.9', '1.29')).toBe('1.29');
    expect(higherVersion('1.28', '1.28.0')).toBe('1.28.0');
    expect(() => higherVersion('1.28.9', 'newest')).toThrow('Failed to parse "newest" as a version');
  });

  it('adds no zone and moves none', () => {
    const present = clusterConfig(INPUT).providerSpecificConfig;
    const wanted = (zone: Partial<typeof ZONE>) => () =>
      checkZones(present, { kind: 'aws', vpcCidr: 'v', awsZones: [{ ...ZONE, ...zone }], enableIMDSv2: false });
    expect(wanted({})).not.toThrow();
    expect(wanted({ name: 'z2' })).toThrow('extension of shoot network zones');
    expect(wanted({ workerCidr: 'x', internalCidr: 'y' })).toThrow('zone workers CIDR from w to x');
    expect(wanted({ publicCidr: 'x' })).toThrow('zone internal CIDR from p to x');
  });
});
