import { CfnOutput, Duration, RemovalPolicy, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { AppStage, Rollout, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

export interface ImageIntakeStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** From objects to a table to objects: each image is measured, its row is written, and a card is made from the row. */
export class ImageIntakeStack extends Stack {
  constructor(scope: Construct, id: string, props: ImageIntakeStackProps = {}) {
    super(scope, id, props);

    const readers = new UserPool(this, 'Readers', {
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      removalPolicy: props.stage === AppStage.DEVELOPMENT ? RemovalPolicy.DESTROY : undefined,
    });
    Validations.of(readers).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'readers see pictures, and change nothing: a password does',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'the Plus tier is billed by the user; for a demonstration too dear',
      },
    );
    const client = readers.addClient('Client', { authFlows: { userPassword: true } });
    const issuer = `https://cognito-idp.${this.region}.amazonaws.com/${readers.userPoolId}`;
    const app = new ServerlessApp(this, 'Images', {
      stage: props.stage,
      root: __dirname,
      http: {
        authorizer: new HttpJwtAuthorizer('Readers', issuer, {
          jwtAudience: [client.userPoolClientId],
        }),
      },
    });
    const images = app.addBucket('Images');
    const catalog = app.addTable('Catalog', { partitionKey: 'id' });
    const cards = app.addBucket('Cards');
    const saved = FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY') });

    app
      .onObjectCreated(images, 'src/read-image.ts', {
        prefix: 'intake/',
        // A new version reads one image in ten for five minutes; if it fails, the old one comes back.
        rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5) }),
      })
      .reads(images)
      .writes(catalog);
    app.onTableChange(catalog, 'src/write-card.ts', { filters: [saved] }).writes(cards);
    app.onRequest('GET /images', 'src/list-images.ts').reads(catalog);
    app.onRequest('GET /images/{id}/card', 'src/get-card.ts').reads(cards);

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'ImagesBucket', { value: images.bucketName });
    new CfnOutput(this, 'CatalogTable', { value: catalog.tableName });
    new CfnOutput(this, 'CardsBucket', { value: cards.bucketName });
    new CfnOutput(this, 'UserPool', { value: readers.userPoolId });
    new CfnOutput(this, 'UserPoolClient', { value: client.userPoolClientId });
  }
}
