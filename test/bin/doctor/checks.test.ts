import {
  checkAccount,
  checkBootstrap,
  checkConcurrency,
  checkCostTag,
  couldNot,
} from '../../../bin/doctor/account-checks';
import {
  checkCli,
  checkEsbuild,
  checkNode,
  checkValidation,
} from '../../../bin/doctor/machine-checks';
import { deployedModel, functionModel } from '../support/models';

test.each([
  ['3.0.0', 'failed', /published by accident/],
  ['2.1148.0', 'failed', /older than 2\.1148\.1/],
  ['2.1148.1', 'ok', /aws-cdk 2\.1148\.1/],
  ['2.2000.0', 'ok', /./],
  ['3.0.1', 'ok', /./],
  [undefined, 'failed', /not installed/],
] as const)('the command line %s is %s', (version, status, text) => {
  const finding = checkCli(version);

  expect([finding.status, finding.text]).toEqual([status, expect.stringMatching(text)]);
  expect(finding.fix === undefined).toBe(status === 'ok');
});

test.each([
  ['v20.10.9', 'failed'],
  ['v20.11.0', 'ok'],
  ['v24.1.0', 'ok'],
])('Node.js %s is %s', (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

test.each([
  [undefined, true, 'failed'],
  [undefined, false, 'skipped'],
  ['0.27.9', true, 'failed'],
  ['0.28.0', true, 'ok'],
])('esbuild %s, where bundling is %s, is %s', (version, bundles, status) => {
  expect(checkEsbuild(version, bundles).status).toBe(status);
});

test.each([
  [undefined, 5, 'skipped', /./],
  ['2.261.0', 50_000, 'skipped', /./],
  ['2.262.0', 10_000, 'ok', /CDK_VALIDATION=false/],
  ['2.276.0', 10_001, 'warning', /10,001 files/],
])('validation by aws-cdk-lib %s of %d files is %s', (version, files, status, text) => {
  const finding = checkValidation(version, files);

  expect([finding.status, finding.text]).toEqual([status, expect.stringMatching(text)]);
});

test.each([
  ['123456789012', 'ok'],
  ['999999999999', 'failed'],
])('credentials of %s for an app of 123456789012 are %s', (account, status) => {
  expect(checkAccount(deployedModel([]), account).status).toBe(status);
});

test.each([
  [0, undefined, 'skipped'],
  [6, undefined, 'failed'],
  [6, '5', 'failed'],
  [6, '6', 'ok'],
  [6, '21', 'ok'],
])('a stack that needs bootstrap %s where there is %s is %s', (needed, found, status) => {
  const finding = checkBootstrap(needed, found, 'aws://1/eu');

  expect(finding.status).toBe(status);
  expect(finding.fix).toBe(status === 'failed' ? 'npx cdk bootstrap aws://1/eu' : undefined);
});

test.each([
  [1000, 0, 'ok'],
  [999, 0, 'warning'],
  [1000, 900, 'ok'],
  [1000, 901, 'failed'],
])('a limit of %d where %d are reserved is %s', (limit, reservedConcurrency, status) => {
  const model = deployedModel([{ ...functionModel('One'), reservedConcurrency }]);

  expect(checkConcurrency(model, limit).status).toBe(status);
});

test.each([
  [undefined, undefined, 'skipped'],
  ['app', true, 'ok'],
  ['app', false, 'warning'],
  ['app', undefined, 'warning'],
])('the tag %s that is active: %s, is %s', (key, active, status) => {
  expect(checkCostTag(key, active).status).toBe(status);
});

test('a check that fails for a reason the user can correct says how; a defect is thrown', () => {
  const denied = Object.assign(new Error('Access Denied'), {
    name: 'AccessDenied',
    action: 'ssm:GetParameter',
  });

  expect(couldNot('bootstrap', denied)).toMatchObject({
    status: 'failed',
    text: 'no permission for ssm:GetParameter',
  });
  expect(() => couldNot('bootstrap', new TypeError('oops'))).toThrow('oops');
});
