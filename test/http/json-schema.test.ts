import { plainSchema, toApiSchema } from '../../lib/http/rest/json-schema';
import { PropCheck } from '../../lib/props/prop-check';

const check = new PropCheck('Test/App', 'functions.F.validate');
const api = (schema: object): object =>
  toApiSchema(schema as Record<string, unknown>, 'Post', check);

describe('a schema for API Gateway', () => {
  test('keeps what draft 4 knows', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      additionalProperties: false,
      properties: {
        a: { type: 'string', minLength: 1, pattern: '^x', enum: ['x', 'xy'] },
        b: {
          type: 'array',
          items: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
          uniqueItems: true,
        },
      },
    };
    expect(api(schema)).toEqual({ schema, others: {} });
  });

  test('has the words of draft 4 for those of later drafts', () => {
    expect(
      api({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: {
          a: { const: 5 },
          b: { exclusiveMinimum: 0, exclusiveMaximum: 9, default: 1 },
          c: { minimum: 0, exclusiveMinimum: true },
        },
      }),
    ).toEqual({
      schema: {
        properties: {
          a: { enum: [5] },
          b: { minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true },
          c: { minimum: 0, exclusiveMinimum: true },
        },
      },
      others: {},
    });
  });

  test('makes each referenced schema a separate one, also a reference to itself', () => {
    const item = { type: 'object', properties: { next: { $ref: '#/$defs/an-item' } } };
    expect(api({ items: { $ref: '#/$defs/an-item' }, $defs: { 'an-item': item } })).toEqual({
      schema: { items: { $ref: '#/components/schemas/Postanitem' } },
      others: {
        Postanitem: {
          type: 'object',
          properties: { next: { $ref: '#/components/schemas/Postanitem' } },
        },
      },
    });
    expect(api({ $ref: '#/definitions/A', definitions: { A: { type: 'string' } } })).toEqual({
      schema: { $ref: '#/components/schemas/PostA' },
      others: { PostA: { type: 'string' } },
    });
  });

  test.each([
    [
      { properties: { a: { if: {}, then: {} } } },
      '`functions.F.validate.body.properties.a.if` must be a keyword that API Gateway checks (JSON Schema draft 4), got "if": leave it out and check it in the function',
    ],
    [{ prefixItems: [] }, '`functions.F.validate.body.prefixItems` must be a keyword'],
    [
      { $ref: 'https://example.com/a.json' },
      '`functions.F.validate.body.$ref` must refer to a schema in its own `$defs`, got "https://example.com/a.json"',
    ],
    [{ $ref: '#/$defs/None' }, 'must refer to a schema in its own `$defs`'],
    [{ anyOf: [{}, { $ref: '#' }] }, '`functions.F.validate.body.anyOf[1].$ref` must refer'],
  ])('fails with %j', (schema, message) => {
    expect(() => api(schema)).toThrow(message);
  });
});

describe('the plain schema', () => {
  const json = { type: 'string' };

  test('is the user’s data', () => {
    expect(plainSchema(json, check)).toBe(json);
  });

  test('is what a value of a schema library gives, as an object or as a function', () => {
    const input = jest.fn(({ target }: { target: string }) => ({ ...json, title: target }));
    const standard = { version: 1, vendor: 'a', jsonSchema: { input } };
    const asFunction = Object.assign(() => 1, { '~standard': standard });
    for (const value of [{ '~standard': standard }, asFunction]) {
      expect(plainSchema(value, check)).toEqual({ ...json, title: 'draft-07' });
    }
  });

  test('fails where the library gives none, or fails itself', () => {
    expect(() => plainSchema({ '~standard': { version: 1 } }, check)).toThrow(
      '`functions.F.validate.body` must give its JSON Schema, got a Standard Schema value without `jsonSchema`: update the library',
    );
    const input = (): never => {
      throw new Error('no JSON Schema of a transform');
    };
    expect(() => plainSchema({ '~standard': { jsonSchema: { input } } }, check)).toThrow(
      '`functions.F.validate.body` must give its JSON Schema, got the library’s error “no JSON Schema of a transform”',
    );
  });

  test.each([[5], ['{}'], [null], [[]]])('fails with %j', (value) => {
    expect(() => plainSchema(value, check)).toThrow(
      '`functions.F.validate.body` must be a JSON Schema',
    );
  });
});
