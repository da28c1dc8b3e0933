import { Global, Module } from '@nestjs/common';
import { Outbound } from './outbound.js';

/** Gives every feature the one guarded way out. */
@Global()
@Module({ providers: [Outbound], exports: [Outbound] })
export class OutboundModule {}
