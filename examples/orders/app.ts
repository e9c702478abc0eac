import { App } from 'aws-cdk-lib';
import { AppStage } from 'cdk-serverless-app';
import { OrdersStack } from './stack';

const app = new App();
const development = app.node.tryGetContext('stage') === 'development';
new OrdersStack(app, 'Orders', { stage: development ? AppStage.DEVELOPMENT : undefined });
