import { CfnResource, Fn, NestedStack, Reference, Stack, Token } from 'aws-cdk-lib';
import { Construct, RootConstruct } from 'constructs';
import { deterministicName } from '../../lib/core/deterministic-name';
import { knowReference } from '../../lib/core/known-reference';
import { quickCdkApp, templateOf } from '../support/synth';

/** The part of a name before the stack's own. */
function prefixOf(path: string[], id: string, maxLength: number, lowerCase?: boolean): string {
  const owner = new Stack(quickCdkApp(), 'Test');
  const scope = path.reduce<Construct>((parent, step) => new Construct(parent, step), owner);
  const name = deterministicName(scope, id, { owner, maxLength, lowerCase });
  const { 'Fn::Join': join } = owner.resolve(name) as { 'Fn::Join': [string, [string, unknown]] };
  return join[1][0];
}

// Recorded: where one of these changes, what has such a name is replaced.
test.each<[string[], string, number, boolean | undefined, string]>([
  [['App'], 'GetOrder', 64, undefined, 'Test-App-GetOrder-HASH-'],
  [['App'], 'GetOrder', 64, true, 'test-app-getorder-HASH-'],
  [['App'], 'GetOrder', 64, false, 'Test-App-GetOrder-HASH-'],
  [['App'], 'a_b  c', 64, undefined, 'Test-App-a-b-c-HASH-'],
  [['App'], 'GetOrder', 35, undefined, 'Test-App-GetO-HASH-'],
  [['App'], 'GetOrder', 31, undefined, 'Test-App-HASH-'], // no hyphen where it is cut
  [['App'], 'GetOrder', 30, undefined, 'Test-App-HASH-'],
])('the name of %j, %s, in %d characters is readable', (path, id, maxLength, lowerCase, name) => {
  const prefix = prefixOf(path, id, maxLength, lowerCase);

  expect(prefix.replace(/[0-9a-f]{8}-$/, 'HASH-')).toBe(name);
  expect(prefix.length + 12).toBeLessThanOrEqual(maxLength);
});

test('names differ if only the ends of the paths differ, or the case of a letter', () => {
  const long = 'x'.repeat(80);

  expect(prefixOf(['App'], `${long}1`, 64)).not.toBe(prefixOf(['App'], `${long}2`, 64));
  expect(prefixOf(['App'], 'A', 64, true)).not.toBe(prefixOf(['App'], 'a', 64, true));
});

test('a name is a hash if none of its characters is allowed', () => {
  const owner = new Stack(quickCdkApp(), 'Test');
  const name = deterministicName(new RootConstruct(), '注文', { owner, maxLength: 64 });

  expect(JSON.stringify(owner.resolve(name))).toMatch(/\["[0-9a-f]{8}-",/);
});

test('a name ends with the creation time of the stack; in a nested stack, with its own pseudo parameter', () => {
  const stack = new Stack(quickCdkApp(), 'Test');
  const nested = new NestedStack(stack, 'Nested');
  const uuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
  const group = (number: number): object => ({
    'Fn::Select': [number, { 'Fn::Split': ['-', uuid] }],
  });

  for (const owner of [stack, nested]) {
    const name = deterministicName(owner, 'Id', { owner, maxLength: 64 });
    expect(owner.resolve(name)).toEqual({
      'Fn::Join': ['', [expect.any(String), group(0), group(1)]],
    });
  }
});

describe('a reference to a deterministic name', () => {
  const stacks = (): { owner: Stack; user: NestedStack; resource: CfnResource } => {
    const owner = new Stack(quickCdkApp(), 'Test');
    const user = new NestedStack(owner, 'User');
    return { owner, user, resource: new CfnResource(owner, 'R', { type: 'Test::R' }) };
  };
  const using = (user: Stack, value: string): void => {
    new CfnResource(user, 'U', { type: 'Test::U', properties: { Value: value } });
  };

  test('is the literal name in another stack, instead of a parameter', () => {
    const { owner, user, resource } = stacks();
    using(user, resource.ref);

    knowReference(resource.ref, [user], 'the-name');
    knowReference(resource.ref, [user], 'another'); // which stands there already

    templateOf(owner);
    const { Resources, Parameters } = templateOf(user);
    expect(Resources?.U?.Properties).toEqual({ Value: 'the-name' });
    expect(Parameters).toBeUndefined();
  });

  test('is a parameter if the name is not deterministic', () => {
    const { owner, user, resource } = stacks();
    using(user, resource.ref);

    templateOf(owner);
    expect(Object.keys(templateOf(user).Parameters ?? {})).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['has no value for each stack', {}],
    ['cannot be given one', { hasValueForStack: () => false }],
  ])('fails for an unknown form of the CDK’s token: %s', (_name, members) => {
    const { user, resource } = stacks();
    class Unknown extends Reference {
      public override resolve(): unknown {
        return 'x';
      }
    }
    const token = Object.assign(new Unknown('x', resource, 'Ref'), members);

    expect(() => {
      knowReference(Token.asString(token), [user], 'the-name');
    }).toThrow('`sharding` needs a release of aws-cdk-lib whose references accept a value');
  });

  test('changes nothing for a literal', () => {
    const { user } = stacks();

    expect(() => {
      knowReference('a-literal', [user], 'the-name');
      knowReference(Fn.ref('Other'), [], 'the-name');
    }).not.toThrow();
  });
});
