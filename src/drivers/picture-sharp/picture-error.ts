export { PictureError, type PictureFault } from "../../ports/picture-codec.ts";
