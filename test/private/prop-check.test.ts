import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { PropCheck, words } from '../../lib/private/prop-check';

const check = new PropCheck('Test/App', 'functions.Resize');
const token = (value: number): number => Lazy.number({ produce: () => value });

test('an error names owner, path of the prop, rule, what was got, and remedy', () => {
  expect(check.error('timeout', 'must be short', 'long', 'shorten it').message).toBe(
    'Test/App: `functions.Resize.timeout` must be short, got "long": shorten it',
  );
});

test('what is said in words is not quoted', () => {
  expect(check.error('x', 'must be one', words('neither'), 'be').message).toContain('got neither:');
});

test.each([
  [10, '10', 'Duration.seconds(10)'],
  ['10', '"10"', 'Duration.seconds(30)'],
  [null, 'null', 'Duration.seconds(30)'],
])('fails for %j, which is no duration', (value, got, remedy) => {
  expect(() => {
    check.duration('timeout', value as unknown as Duration, { min: 1, max: 900 });
  }).toThrow(
    `\`functions.Resize.timeout\` must be a Duration, got ${got}: write for example \`${remedy}\``,
  );
});

test('an error for the base itself names the base', () => {
  expect(check.error('', 'must be', 1, 'be').message).toContain('`functions.Resize` must be');
});

test('a step further down appends to the path', () => {
  expect(check.at('retry').error('age', 'must be', 1, 'be').message).toContain(
    '`functions.Resize.retry.age`',
  );
});

test('a token is shown as a token', () => {
  const got = Lazy.string({ produce: () => 'secret' });

  expect(check.error('x', 'must be', got, 'be').message).toContain('got a token:');
});

test.each([undefined, 1, 2, 3])('an integer inside its range passes: %p', (value) => {
  expect(() => {
    check.integer('x', value, { min: 1, max: 3 });
  }).not.toThrow();
});

test.each([0, 4, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'fails for an integer outside its range: %p',
  (value) => {
    expect(() => {
      check.integer('x', value, { min: 1, max: 3, unit: 'pieces' });
    }).toThrow(
      `\`functions.Resize.x\` must be a whole number from 1 to 3 pieces, got ${value}: give a value inside that range`,
    );
  },
);

test('an integer may have no upper end', () => {
  const atLeast = (value: number) => (): void => {
    check.integer('x', value, { min: 2, unit: 'pieces' });
  };

  expect(atLeast(2)).not.toThrow();
  expect(atLeast(Number.MAX_SAFE_INTEGER)).not.toThrow();
  expect(atLeast(1)).toThrow(
    '`functions.Resize.x` must be a whole number not below 2 pieces, got 1',
  );
});

test('an integer that is a token is not compared', () => {
  expect(() => {
    check.integer('x', token(99), { min: 1, max: 3 });
  }).not.toThrow();
});

test.each([undefined, Duration.seconds(60), Duration.minutes(2), Duration.millis(61_000)])(
  'a duration inside its range passes: %s',
  (value) => {
    expect(() => {
      check.duration('x', value, { min: 60, max: 120 });
    }).not.toThrow();
  },
);

test.each([
  [Duration.seconds(59), '59 seconds'],
  [Duration.seconds(121), '121 seconds'],
  [Duration.millis(60_500), '60.5 seconds'],
  [Duration.hours(1), '1 hour'],
  [Duration.days(2), '2 days'],
  [Duration.seconds(0), '0 seconds'],
  [Duration.seconds(1), '1 second'],
])('fails for a duration outside its range: %s', (value, got) => {
  expect(() => {
    check.duration('x', value, { min: 60, max: 120 });
  }).toThrow(
    `\`functions.Resize.x\` must be whole seconds from 1 minute to 2 minutes, got ${got}: give a duration`,
  );
});

test('a duration that is a token is not compared', () => {
  expect(() => {
    check.duration('x', Duration.seconds(token(99)), { min: 200, max: 220 });
  }).not.toThrow();
});

test('a duration that is a token is in the unit that the template has, since it cannot be converted', () => {
  expect(() => {
    check.duration('x', Duration.minutes(token(99)), { min: 60, max: 120 });
  }).toThrow(
    '`functions.Resize.x` must be in seconds where only the deployment knows it, got a token of minutes: write `Duration.seconds(token)`',
  );
});

test('fails with a remedy of its own where one is given', () => {
  expect(() => {
    check.integer('x', 4, { min: 1, max: 3, remedy: 'ask for more' });
  }).toThrow('got 4: ask for more');
});

test('an unresolved value that is not text is shown as text', () => {
  expect(check.error('x', 'must be', Token.asNumber({}), 'be').message).toMatch(/got \S+: be/);
});
