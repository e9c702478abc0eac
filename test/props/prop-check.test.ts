import { Duration, Fn, Lazy, Token } from 'aws-cdk-lib';
import { isWithin, PropCheck, unquoted } from '../../lib/props/prop-check';

const check = new PropCheck('Test/App', 'functions.Resize');
const token = (value: number): number => Lazy.number({ produce: () => value });

test('an error names owner, path of the prop, rule, value, and remedy', () => {
  expect(check.error('timeout', 'must be short', 'long', 'shorten it').message).toBe(
    'Test/App: `functions.Resize.timeout` must be short, got "long": shorten it',
  );
});

test('an unquoted description has no quotation marks', () => {
  expect(check.error('x', 'must be one', unquoted('neither'), 'be').message).toContain(
    'got neither:',
  );
});

test.each([
  [10, '10', 'Duration.seconds(10)'],
  ['10', '"10"', 'Duration.seconds(30)'],
  [null, 'null', 'Duration.seconds(30)'],
])('fails for %j, which is not a Duration', (value, got, remedy) => {
  expect(() => {
    check.duration('timeout', value as unknown as Duration, { min: 1, max: 900 });
  }).toThrow(
    `\`functions.Resize.timeout\` must be a Duration, got ${got}: write, for example, \`${remedy}\``,
  );
});

test('an error for the base itself names the base', () => {
  expect(check.error('', 'must be', 1, 'be').message).toContain('`functions.Resize` must be');
});

test('each step appends to the path', () => {
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

test('an integer may have no upper limit', () => {
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
  [Duration.millis(60_500.5), '60.5005 seconds'],
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

test('a token of a duration fails in another unit than the template’s, since it cannot be converted', () => {
  expect(() => {
    check.duration('x', Duration.minutes(token(99)), { min: 60, max: 120 });
  }).toThrow(
    '`functions.Resize.x` must be in seconds if it is a Token, got a token of minutes: write `Duration.seconds(token)`',
  );
});

test('a given remedy replaces the usual one', () => {
  expect(() => {
    check.integer('x', 4, { min: 1, max: 3, remedy: 'ask for more' });
  }).toThrow('got 4: ask for more');
});

test('an error shows any token as a token, since its text differs from run to run', () => {
  expect(check.error('x', 'must be', Token.asNumber({}), 'be').message).toBe(
    'Test/App: `functions.Resize.x` must be, got a token: be',
  );
});

test('an integer without a unit has none in its message', () => {
  expect(() => {
    check.integer('x', 4, { min: 1, max: 3 });
  }).toThrow(
    '`functions.Resize.x` must be a whole number from 1 to 3, got 4: give a value inside that range, or leave it out for the default',
  );
});

test.each([
  ['millis', 'milliseconds'],
  ['seconds', 'seconds'],
  ['minutes', 'minutes'],
] as const)('a token of another unit than %s is requested in %s', (tokenUnit, text) => {
  expect(() => {
    check.duration('x', Duration.hours(token(1)), { min: 1, max: 2, tokenUnit });
  }).toThrow(
    `must be in ${text} if it is a Token, got a token of hours: write \`Duration.${tokenUnit}(token)\``,
  );
});

test('a token in the template’s unit passes', () => {
  const range = { min: 1, max: 2, tokenUnit: 'minutes' } as const;

  expect(() => {
    check.duration('x', Duration.minutes(token(9)), range);
  }).not.toThrow();
});

test('a check has the path of its base', () => {
  expect(check.path).toBe('`functions.Resize`');
  expect(new PropCheck('Test/App', '').at('http').path).toBe('`http`');
});

class Thing {
  readonly password = 'secret';
}

test.each<[string, unknown, string]>([
  ['nothing', null, 'null'],
  ['a flag', true, 'true'],
  ['a function', () => 'secret', 'a function'],
  ['an empty list', [], 'an empty list'],
  ['a list', ['secret'], 'a list'],
  ['an object', { password: 'secret' }, 'an object'],
  ['an object without prototype', Object.create(null), 'an object'],
  ['an object of a class', new Thing(), 'an object of Thing'],
  [
    'an object of a class without a name',
    Object.create({ constructor: { name: '' } }),
    'an object',
  ],
  ['a date that does not exist', new Date('?'), 'Invalid Date'],
  ['an error', new RangeError('too far'), 'RangeError: too far'],
  ['text of 200 characters', 'x'.repeat(200), `"${'x'.repeat(200)}"`],
  ['longer text', 'x'.repeat(201), `"${'x'.repeat(200)}…"`],
])('an error shows the value in a short form: %s', (_name, got, shown) => {
  expect(check.error('x', 'must be', got, 'be').message).toBe(
    `Test/App: \`functions.Resize.x\` must be, got ${shown}: be`,
  );
});

describe('a call of the CDK', () => {
  const relay = (make: () => unknown) => () => check.withPropPath('code', make);

  test('returns its result', () => {
    expect(relay(() => 5)()).toBe(5);
  });

  test('names no number of a Token, which differs in the next run', () => {
    const failing = relay(() => {
      throw new Error(`set 'JSON', got '${Fn.importValue('Format')}'`);
    });

    expect(failing).toThrow("the CDK’s error “set 'JSON', got 'a token'”");
    const own = check.error('name', `must not be ${Fn.importValue('Name')}`, 5, 'leave it out');
    expect(own.message).toContain('must not be a token, got 5');
  });

  test('fails with the path of the prop, and the CDK’s error as the cause', () => {
    const cause = new Error('No such file');
    const failing = relay(() => {
      throw cause;
    });

    expect(failing).toThrow(
      'Test/App: `functions.Resize.code` must be valid for the CDK, got the CDK’s error “No such file”: correct the option that it names',
    );
    expect(failing).toThrow(expect.objectContaining({ cause }) as Error);
  });

  test('may throw a value that is not an Error', () => {
    expect(
      relay(() => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- JavaScript may throw anything
        throw 'no';
      }),
    ).toThrow('got the CDK’s error “no”: correct');
  });

  test('passes on an error of this library unchanged', () => {
    const ours = check.at('code').error('path', 'must be', 1, 'be');

    expect(
      relay(() => {
        throw ours;
      }),
    ).toThrow(ours);
  });
});

test.each<[unknown, boolean]>([
  [0.99, false],
  [1, true],
  [2, true],
  [2.01, false],
  [Number.NaN, false],
  ['1.5', false],
  [null, false],
  [undefined, false],
])('whether %p is a number from 1 to 2: %p', (value, expected) => {
  expect(isWithin(value, 1, 2)).toBe(expected);
});
