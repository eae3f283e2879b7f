export { PictureError } from "../../ports/picture-codec.ts";
