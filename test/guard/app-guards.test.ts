import { CfnOutput, CfnParameter, CfnWaitConditionHandle, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppStage, ServerlessApp, ServerlessAppProps, Sharding, Trigger } from 'cdk-serverless-app';
import {
  HANDLERS,
  ids,
  quickApp,
  quickCdkApp,
  templateOf,
  Validations,
  warnings,
} from '../support/synth';

const sharding = Sharding.nestedStacks(1);
const DEVELOPMENT = { stage: AppStage.DEVELOPMENT }; // no warnings of open routes

/** A stack with exactly so many resources, of the app and of others. */
function fill(stack: Stack, resources: number, base: number): void {
  for (let i = base; i < resources; i += 1) {
    new CfnWaitConditionHandle(stack, `Filler${i}`);
  }
}

function small(
  props: ServerlessAppProps = {},
  context: Record<string, unknown> = {},
): { app: ServerlessApp; stack: Stack } {
  const stack = new Stack(quickCdkApp({ context }), 'Test');
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...DEVELOPMENT, ...props });
  app.onRequest('GET /', 'ok.ts');
  return { app, stack };
}

function shardOf(app: ServerlessApp): Stack {
  const [first] = app.functions;
  return Stack.of(first ?? app);
}

/** What the small app has by itself in its own stack. */
const BASE = ids(small().stack).length;
const SHARDED_BASE = ids(small({ sharding }).stack).length;

describe('the resources of a stack', () => {
  test('cause a warning at 400, including those of the user', () => {
    const [below, at] = [small(), small()];
    fill(below.stack, 399, BASE);
    fill(at.stack, 400, BASE);

    expect(ids(below.stack)).toHaveLength(399);
    expect(warnings(below.stack)).toEqual([]);
    expect(warnings(at.stack)).toEqual([
      expect.stringMatching(
        /Test\/App: `sharding` .* got 400 in Test: .*Sharding\.nestedStacks\(1\).*cdk-serverless-app:stack-resources/,
      ),
    ]);
  });

  test('cause a warning at 500, and an error above', () => {
    const [at, above] = [small(), small()];
    fill(at.stack, 500, BASE);
    fill(above.stack, 501, BASE);

    expect(warnings(at.stack)).toHaveLength(1);
    expect(() => templateOf(above.stack)).toThrow(
      /\[Test\/App\] Test\/App: `sharding` must not need more resources than a stack may have .* got 501 in Test: .*\(cdk-serverless-app:stack-resources\)/,
    );
  });

  test('may reach the limit in the CDK’s context', () => {
    const { stack } = small({}, { '@aws-cdk/core:stackResourceLimit': 1000 });
    fill(stack, 501, BASE);

    expect(warnings(stack)).toEqual([]);
  });

  test('cause no warning if it is acknowledged', () => {
    const { app, stack } = small();
    fill(stack, 400, BASE);

    Validations.of(app).acknowledge({
      id: 'cdk-serverless-app:stack-resources',
      reason: 'no more will come',
    });

    expect(warnings(stack)).toEqual([]);
  });

  test('of a shard are counted separately', () => {
    const { app, stack } = small({ sharding });
    const shard = shardOf(app);
    fill(shard, 400, ids(shardOf(small({ sharding }).app)).length);

    expect(ids(shard)).toHaveLength(400);
    expect(warnings(stack)).toEqual([
      expect.stringContaining('got 400 in Test/App/Shard0: raise it to `Sharding.nestedStacks(2)`'),
    ]);
  });

  test('of a shard with too many are an error', () => {
    const { app, stack } = small({ sharding });
    const shard = shardOf(app);
    fill(shard, 501, ids(shardOf(small({ sharding }).app)).length);

    expect(() => templateOf(stack)).toThrow(/got 501 in Test\/App\/Shard0/);
  });

  test('of a sharded app’s own stack are counted without those of its shards', () => {
    const { stack } = small({ sharding });
    fill(stack, 399, SHARDED_BASE);

    expect(ids(stack)).toHaveLength(399);
    expect(warnings(stack)).toEqual([]);
  });
});

test('parameters and outputs of a shard are counted as the CDK creates them', () => {
  const tables = (count: number): Stack => {
    const { app, stack } = small({ sharding, functionDefaults: { environment: {} } });
    for (let i = 0; i < count; i += 1) {
      const handle = new CfnWaitConditionHandle(stack, `Handle${i}`);
      app.functions[0]?.function.addEnvironment(`X${i}`, handle.ref);
    }
    return stack;
  };
  const base = Object.keys(
    (templateOf(shardOf(small({ sharding }).app)) as { Parameters?: object }).Parameters ?? {},
  ).length;

  expect(() => templateOf(tables(200 - base))).not.toThrow();
  expect(() => templateOf(tables(201 - base))).toThrow(
    /`sharding` must not need more parameters .* got 201 in Test\/App\/Shard0: .*stack-parameters/,
  );
});

test('parameters and outputs of the own stack count as well', () => {
  const [withParameters, withOutputs] = [small(), small()];
  const legal = small();
  for (let i = 0; i < 201; i += 1) {
    new CfnParameter(withParameters.stack, `P${i}`);
    new CfnOutput(withOutputs.stack, `O${i}`, { value: 'x' });
    if (i < 199) {
      new CfnParameter(legal.stack, `P${i}`); // and `BootstrapVersion`
      new CfnOutput(legal.stack, `O${i}`, { value: 'x' });
    }
  }

  expect(() => templateOf(withParameters.stack)).toThrow(/got 20[12] in Test: .*stack-parameters/);
  expect(() => templateOf(withOutputs.stack)).toThrow(/got 201 in Test: .*stack-outputs/);
  expect(() => templateOf(legal.stack)).not.toThrow();
});

describe('the routes of an API', () => {
  const withRoutes = (count: number, mine = 0): { app: ServerlessApp; stack: Stack } => {
    const { app, stack } = quickApp({ ...DEVELOPMENT });
    app.addFunction('Many', {
      entry: 'ok.ts',
      triggers: Array.from({ length: count }, (_, i) => Trigger.http(`GET /r${i}`)),
    });
    for (let i = 0; i < mine; i += 1) {
      new apigateway.CfnRoute(stack, `Mine${i}`, { apiId: app.api.apiId, routeKey: `GET /m${i}` });
    }
    return { app, stack };
  };

  test('cause a warning above 300, including those of the user', () => {
    expect(warnings(withRoutes(299, 1).stack)).toEqual([]);
    expect(warnings(withRoutes(299, 2).stack)).toEqual([
      expect.stringMatching(
        /`http` .* got 301 on Test\/App\/HttpApi: .*cdk-serverless-app:api-routes/,
      ),
    ]);
  });

  test('cause no error, since AWS raises the limit on request', () => {
    const { app, stack } = withRoutes(301);

    Validations.of(app).acknowledge({
      id: 'cdk-serverless-app:api-routes',
      reason: 'raised to 400',
    });

    expect(warnings(stack)).toEqual([]);
  });
});

test('fails if an API has more than 300 integrations', () => {
  const made = (count: number): Stack => {
    const { app, stack } = small({}, { '@aws-cdk/core:stackResourceLimit': 0 });
    for (let i = 1; i < count; i += 1) {
      new apigateway.CfnIntegration(stack, `I${i}`, {
        apiId: app.api.apiId,
        integrationType: 'AWS_PROXY',
      });
    }
    return stack;
  };

  expect(() => templateOf(made(300))).not.toThrow();
  expect(() => templateOf(made(301))).toThrow(
    /`http` .* got 301 on Test\/App\/HttpApi: .*api-integrations/,
  );
});

describe('the policy of a function', () => {
  const permitted = (count: number): Stack => {
    const { app, stack } = small();
    for (let i = 0; i < count; i += 1) {
      app.functions[0]?.function.addPermission(`P${i}`, {
        principal: new iam.ServicePrincipal('events.amazonaws.com'),
        sourceArn: `arn:aws:events:us-east-1:123456789012:rule/${'r'.repeat(100)}${i}`,
      });
    }
    return stack;
  };

  test('may have as many permissions as fit into 20 KB', () => {
    expect(() => templateOf(permitted(40))).not.toThrow();
  });

  test('fails above 20 KB', () => {
    expect(() => templateOf(permitted(70))).toThrow(
      /`functions\.Ok\.triggers` must not need a longer policy .* got at least 2\d,\d{3} in 71 permissions: .*function-policy/,
    );
  });
});

describe('the inline policies of a role', () => {
  /** Statements that cannot be put together, each of about 230 characters. */
  const granted = (count: number, attach = false): Stack => {
    const { app, stack } = small();
    const statements = Array.from(
      { length: count },
      (_, i) =>
        new iam.PolicyStatement({
          actions: [`service${i}:Read`],
          resources: [`arn:aws:service${i}:us-east-1:123456789012:${'x'.repeat(120)}`],
        }),
    );
    const { role } = app.functions[0] as { role: iam.IRole };
    if (attach) {
      role.attachInlinePolicy(new iam.Policy(stack, 'More', { statements }));
    } else {
      statements.forEach((statement) => role.addToPrincipalPolicy(statement));
    }
    return stack;
  };

  test('may have 10,240 characters', () => {
    expect(() => templateOf(granted(40))).not.toThrow();
  });

  test('fail above that', () => {
    expect(() => templateOf(granted(60))).toThrow(
      /`functions\.Ok\.access` must not need longer inline policies .* got at least 1\d,\d{3} in Test\/App\/Ok\/Role: .*role-policy/,
    );
  });

  test('of the role of many schedules fail, and sharding divides them', () => {
    const scheduled = (count: number, props: ServerlessAppProps = {}): Stack => {
      const { app, stack } = small(props, { '@aws-cdk/core:stackResourceLimit': 0 });
      for (let i = 0; i < count; i += 1) {
        app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', { id: `Function${i}` });
      }
      return stack;
    };

    expect(() => templateOf(scheduled(100))).not.toThrow();
    expect(() => templateOf(scheduled(140))).toThrow(
      /`functions` must not need longer inline policies .* in Test\/App\/SchedulerRole: .*Sharding\.nestedStacks\(2\)/,
    );
    expect(() => templateOf(scheduled(140, { sharding: Sharding.nestedStacks(2) }))).not.toThrow();
  });
});

test('values known only at deployment are not compared', () => {
  const { app, stack } = small();

  app.addFunction('Tokens', {
    entry: 'other.ts',
    environment: { XX: new CfnParameter(stack, 'Unknown').valueAsString },
  });

  expect(() => templateOf(stack)).not.toThrow();
});

test('two apps in one stack both report its resources', () => {
  const { stack } = small();
  const other = new ServerlessApp(stack, 'Other', { root: HANDLERS, ...DEVELOPMENT });
  other.addFunction('Ok', { entry: 'ok.ts' });
  fill(stack, 410, 0);

  expect(warnings(stack).map((text) => text.split(':')[0])).toEqual(['"Test/App', '"Test/Other']);
});

test('fails if a template is larger than 1 MB', () => {
  const made = (kilobytes: number): Stack => {
    const { app, stack } = small();
    for (let i = 0; i < 100; i += 1) {
      const fn = app.addFunction(`F${i}`, {
        code: lambda.Code.fromInline('x'.repeat(4000)),
        handler: 'index.handler',
        runtime: lambda.Runtime.NODEJS_24_X,
        environment: { XX: 'y'.repeat(1024 * (kilobytes / 100 - 6)) },
      });
      // What a policy may have and the rough size counts.
      fn.role.addToPrincipalPolicy(
        new iam.PolicyStatement({
          actions: ['s3:GetObject'],
          resources: Array.from({ length: 40 }, (_, n) => `arn:aws:s3:::b${n}`),
        }),
      );
    }
    return stack;
  };

  expect(() => templateOf(made(800))).not.toThrow();
  expect(() => templateOf(made(1200))).toThrow(
    /`sharding` must not make a template too large .* got 1,\d{3},\d{3} in Test: .*template-size/,
  );
});
