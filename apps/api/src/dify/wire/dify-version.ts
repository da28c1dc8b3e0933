/** The Dify release this wire speaks like; clients read it to know what they may ask for. */
export const DIFY_VERSION = '1.13.3';
