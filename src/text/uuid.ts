const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text can be the id of an object at all: where an unknown object is answered by null, a text that cannot is answered by an error. */
export const isUUID = (text: string): boolean => UUID.test(text);
