<?php
// Must-use plugin of the test's WordPress. WordPress refuses to fetch from loopback and from unusual ports, and rightly
// so: here, and only here, both are where the archive runs. Nobody else is asked for anything.
$archive = parse_url( getenv( 'TEST_ARCHIVE' ) );
$is_archive = fn( $allowed, $host ) => $allowed || $host === $archive['host'];
add_filter( 'http_request_host_is_external', $is_archive, 10, 2 );
add_filter( 'http_allowed_safe_ports', fn( $ports, $host ) => array_merge( $ports, array( $archive['port'] ) ), 10, 2 );
add_filter(
	'pre_http_request',
	function ( $answer, $arguments, $url ) use ( $archive ) {
		$asked = parse_url( $url );
		$same  = $asked['host'] === $archive['host'] && ( $asked['port'] ?? 80 ) === $archive['port'];
		return $same ? $answer : new WP_Error( 'offline', 'This test asks the archive and nobody else.' );
	},
	10,
	3
);
// As an administrator would register the archive (docs/embedding.md), for the posts that the test opens so.
if ( isset( $_GET['trusted'] ) ) {
	wp_oembed_add_provider( '#' . preg_quote( getenv( 'TEST_ARCHIVE' ), '#' ) . '/.+#i', getenv( 'TEST_ARCHIVE' ) . '/oembed', true );
}
