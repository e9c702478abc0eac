/**
 * Writes `bin/migrate/l1-schema.json`: the CDK's names for the resource types that definitions commonly declare, and for their properties.
 * `npx tsx scripts/l1-schema.ts` renews it from the installed `aws-cdk-lib`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';

const ROOT = path.join(__dirname, '..');
const LIBRARY = path.join(ROOT, 'node_modules', 'aws-cdk-lib');

const TYPES = `
  ApiGateway::GatewayResponse ApplicationAutoScaling::ScalableTarget ApplicationAutoScaling::ScalingPolicy
  CertificateManager::Certificate CloudFront::CloudFrontOriginAccessIdentity CloudFront::Distribution
  CloudFront::OriginAccessControl CloudWatch::Alarm CloudWatch::Dashboard Cognito::IdentityPool
  Cognito::IdentityPoolRoleAttachment Cognito::UserPool Cognito::UserPoolClient Cognito::UserPoolDomain
  Cognito::UserPoolGroup Cognito::UserPoolResourceServer DynamoDB::GlobalTable DynamoDB::Table
  EC2::EIP EC2::InternetGateway EC2::NatGateway EC2::Route EC2::RouteTable EC2::SecurityGroup
  EC2::SecurityGroupIngress EC2::Subnet EC2::SubnetRouteTableAssociation EC2::VPC EC2::VPCEndpoint
  EC2::VPCGatewayAttachment Events::EventBus Events::EventBusPolicy Events::Rule IAM::ManagedPolicy IAM::Policy IAM::Role
  Kinesis::Stream KinesisFirehose::DeliveryStream KMS::Alias KMS::Key Lambda::EventSourceMapping Lambda::LayerVersion
  Lambda::Permission Logs::LogGroup Logs::MetricFilter Pipes::Pipe RDS::DBCluster RDS::DBInstance RDS::DBSubnetGroup
  Route53::RecordSet S3::Bucket S3::BucketPolicy Scheduler::Schedule SecretsManager::Secret SES::EmailIdentity
  SNS::Subscription SNS::Topic SNS::TopicPolicy SQS::Queue SQS::QueuePolicy SSM::Parameter
  StepFunctions::StateMachine WAFv2::WebACL WAFv2::WebACLAssociation
`
  .trim()
  .split(/\s+/)
  .map((name) => `AWS::${name}`);

interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: readonly TypeReference[] };
}

interface Declared {
  readonly kind: string;
  readonly docs?: { readonly custom?: { readonly cloudformationResource?: string } };
  readonly properties?: readonly { readonly name: string; readonly type: TypeReference }[];
}

const TYPES_OF_CDK = (
  JSON.parse(gunzipSync(fs.readFileSync(path.join(LIBRARY, '.jsii.gz'))).toString('utf8')) as {
    readonly types: Readonly<Record<string, Declared | undefined>>;
  }
).types;

const structs: Record<string, Record<string, string>> = {};

/** `string`, `number`, `boolean`, `any`, the name of a struct, or a list or map of one of them. */
function kindOf({ primitive, fqn, collection, union }: TypeReference): string {
  if (union !== undefined) {
    // Next to IResolvable and references such as IRoleRef there is the plain form of the value.
    const kinds = union.types.map(kindOf).filter((kind) => kind !== 'any');
    return kinds.find((kind) => /^(string|number|boolean)$/.test(kind)) ?? kinds[0] ?? 'any';
  }
  if (collection !== undefined) {
    const element = kindOf(collection.elementtype);
    return element === 'any' && collection.kind === 'map'
      ? 'any'
      : `${collection.kind === 'array' ? 'list' : 'map'} ${element}`;
  }
  if (primitive !== undefined) {
    return ['string', 'number', 'boolean'].includes(primitive) ? primitive : 'any';
  }
  const declared = TYPES_OF_CDK[fqn ?? ''];
  const isStruct =
    declared?.kind === 'interface' && /\.Cfn/.test(fqn ?? '') && !/\.I[A-Z]\w+Ref$/.test(fqn ?? '');
  return isStruct ? struct(fqn ?? '', declared) : 'any';
}

function struct(fqn: string, { properties = [] }: Declared): string {
  const name = fqn.replace(/^aws-cdk-lib\.(aws_)?/, '');
  if (structs[name] === undefined) {
    const made: Record<string, string> = {};
    structs[name] = made;
    for (const { name: prop, type } of properties) {
      made[prop] = kindOf(type);
    }
  }
  return name;
}

const resources = Object.fromEntries(
  TYPES.map((type) => {
    const found = Object.entries(TYPES_OF_CDK).find(
      ([, declared]) => declared?.docs?.custom?.cloudformationResource === type,
    );
    const [fqn, declared] = found ?? [];
    const props = TYPES_OF_CDK[`${fqn ?? ''}Props`];
    if (fqn === undefined || declared === undefined || props === undefined) {
      throw new Error(`the CDK has no ${type}`);
    }
    const [, module = '', name = ''] = /^aws-cdk-lib\.(\w+)\.(\w+)$/.exec(fqn) ?? [];
    const attributes = (declared.properties ?? [])
      .filter(
        (property) => property.name.startsWith('attr') && property.type.primitive === 'string',
      )
      .map((property) => property.name)
      .filter((property) => /^attr[A-Z]/.test(property));
    return [
      type,
      { module, class: name, props: struct(`${fqn}Props`, props), attributes: attributes.sort() },
    ];
  }),
);

fs.writeFileSync(
  path.join(ROOT, 'bin', 'migrate', 'l1-schema.json'),
  `${JSON.stringify({ resources, structs })}\n`,
);
