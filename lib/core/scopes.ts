import type { Construct } from 'constructs';
import type { IAppFunction, IServerlessApp } from './contract';

/** An app as the scope of the constructs that its services create. */
export type AppScope = IServerlessApp & Construct;

/** A function as the scope of the constructs that its triggers create. */
export type FunctionScope = IAppFunction & Construct;
