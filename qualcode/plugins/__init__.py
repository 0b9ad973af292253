"""What ships as plugins, on the same terms as anybody else's."""
