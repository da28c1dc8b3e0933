/**
 * The contract's classes ask `Reflect` for the types that a compiler noted when they are declared. None are noted here, and saying
 * so takes a line where the whole `reflect-metadata` would come along. That one is no ES module besides, so that a bundler may run it
 * behind the classes that need it.
 */
if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getMetadata: () => undefined });
