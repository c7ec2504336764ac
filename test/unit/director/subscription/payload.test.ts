import { describe, expect, it } from 'vitest';
import { readPayload } from '../../../../src/director/subscription/payload.ts';

describe('the payload of a subscription', () => {
  it('may tell of no instances', () => {
    for (const text of ['null', '{}', '{"dependentServiceInstancesInfo":null}', '{"dependentServiceInstancesInfo":[]}'])
      expect(readPayload(text)).toMatchObject({ subscriptionID: '', instances: [] });
  });

  it('leaves out what is null', () => {
    const text = '{"subscriptionGUID":"g","dependentServiceInstancesInfo":[null,{"appId":"a","appName":null}]}';
    const nothing = { providerID: '', appName: '', providerSubaccountID: '' };
    expect(readPayload(text)).toMatchObject({ subscriptionID: 'g', instances: [nothing, { ...nothing, providerID: 'a' }] });
  });

  it('takes a number for an id, and names of members in letters of any case but that of the id', () => {
    const instances = {
      DependentServiceInstancesInfo: [{ AppID: 'a', appname: 'n', providerSubaccountId: 's', PROVIDERSUBACCOUNTID: 'no' }],
    };
    const read = readPayload(JSON.stringify({ subscriptionGUID: 5, ...instances }));
    expect(read).toMatchObject({ subscriptionID: '5', instances: [{ providerID: 'a', appName: 'n', providerSubaccountID: 's' }] });
    expect(readPayload('{"subscriptionguid":"g"}').subscriptionID).toBe('');
  });

  it.each([
    ['', 'not valid JSON'],
    ['nope', 'not valid JSON'],
    ['[]', 'subscription payload is not an object'],
    ['"x"', 'subscription payload is not an object'],
    ['{"subscriptionGUID":{}}', 'subscriptionGUID is not a text'],
    ['{"dependentServiceInstancesInfo":{}}', 'dependentServiceInstancesInfo is not a list'],
    ['{"dependentServiceInstancesInfo":["x"]}', 'an instance of the payload is not an object'],
    ['{"dependentServiceInstancesInfo":[{"appId":1}]}', 'appId is not a text'],
  ])('is refused in another form: %s', (text, why) => expect(() => readPayload(text)).toThrow(why));
});
