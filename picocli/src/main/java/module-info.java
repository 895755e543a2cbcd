/** picocli's own sources, compiled here for the release that runs them. */
module info.picocli {
  exports picocli;
}
