import { migrateText, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

test.each(['Api', 'HttpApi'])(
  'a route that two APIs (%s) of the template have is in the app once, and reported',
  (type) => {
    const id = type === 'Api' ? 'RestApiId' : 'ApiId';
    const fn = (name: string, events: string): string => `
  ${name}:
    Type: AWS::Serverless::Function
    Properties: { Handler: ${name}.handler, Runtime: nodejs24.x, Events: { ${events} } }`;
    const event = (api: string, path: string): string =>
      `${api}${path.length}: { Type: ${type}, Properties: { ${id}: !Ref ${api}, Path: '${path}', Method: get } }`;
    const { app, notes } = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Inner: { Type: AWS::Serverless::${type}, Properties: { StageName: prod } }
  Outer: { Type: AWS::Serverless::${type}, Properties: { StageName: prod } }
${fn('One', `${event('Inner', '/orders/{id}')}, ${event('Outer', '/orders/{id}')}`)}
${fn('Two', `${event('Outer', '/orders/{order}')}, ${event('Outer', '/own')}`)}
`);

    const { Resources = {} } = synthesize(app);

    expect(typeErrors({ app })).toEqual([]);
    expect(
      Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function'),
    ).toHaveLength(2);
    expect(app.match(/Trigger\.http\(/g)).toHaveLength(2);
    const lost = notes
      .filter(({ kind }) => kind === 'lost')
      .map(({ at, text }) => `${at}: ${text}`);
    expect(lost).toEqual([
      'Resources.One: the route GET /orders/{id} is not carried over: the function has it in another API too, and the app has one API',
      'Resources.Two: the route GET /orders/{order} is not carried over: One has the same route in another API, and an app has one: add the function to a second ServerlessApp',
    ]);
    expect(app).toContain('// Two: the route GET /orders/{order} is not carried over');
  },
);
