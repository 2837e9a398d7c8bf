"""Line mode: the reader without a screen, for screen readers, slow lines and scripts."""
