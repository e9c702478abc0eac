import * as cognito from 'aws-cdk-lib/aws-cognito';
import { kindOf, triggerOfEvent } from '../../lib/kinds/trigger-kinds';
import { userPoolKindOf } from '../../lib/kinds/user-pool-kind';
import { usersOf } from '../support/app-model';

/** Every operation that the CDK knows. */
const OPERATIONS = Object.values(cognito.UserPoolOperation)
  .filter((value) => value instanceof cognito.UserPoolOperation)
  .map(({ operationName }) => operationName);

test.each(OPERATIONS)('the sample of %s is an event of that operation', (operation) => {
  const trigger = usersOf(operation);
  const kind = kindOf(trigger);
  const event = kind.sampleEvent(trigger);

  expect(kind).toBe(userPoolKindOf(operation));
  expect(event).toMatchObject({ triggerSource: expect.stringMatching(/^\w+_\w+$/) as string });
  expect(kind.recognizes(event)).toBe(true);
  expect(kind.fits(event, trigger)).toBe(true);
  expect(kind.fits(event, usersOf('unheardOf'))).toBe(false);
});

test('an event belongs to the trigger of its operation', () => {
  const triggers = ['preSignUp', 'postConfirmation', 'customEmailSender'].map(usersOf);

  for (const trigger of triggers) {
    expect(triggerOfEvent(triggers, kindOf(trigger).sampleEvent(trigger))).toBe(trigger);
  }
});

test.each([
  ['preSignUp', { to: 'caller' }],
  ['customSmsSender', { to: 'failureQueue' }],
])('what %s cannot process goes to %j', (operation, target) => {
  const trigger = usersOf(operation);

  expect(kindOf(trigger).failsTo(trigger)).toEqual(target);
});

test('the pool waits five seconds, and nobody else may call the function', () => {
  const trigger = usersOf('preSignUp');
  const { caller } = kindOf(trigger);

  expect(caller?.waitsSeconds).toBe(5);
  expect(caller?.isOpen(trigger)).toBe(false);
  expect(kindOf(usersOf('customEmailSender')).caller).toBeUndefined();
});

test('is described by its operation and pool', () => {
  const trigger = usersOf('preSignUp');

  expect(kindOf(trigger).describe(trigger)).toBe('preSignUp of Users');
});
