<?php
// Install WordPress without its forms, publish a post for each pasted address, and print their numbers.
define( 'WP_INSTALLING', true );
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter( 'pre_wp_mail', '__return_true' );
wp_install( 'A school', 'teacher', 'teacher@school.example', false, '', wp_generate_password() );
switch_theme( 'twentytwentythree' );
wp_set_current_user( 1 );
foreach ( array_slice( $argv, 2 ) as $pasted ) {
	$post = wp_insert_post(
		array(
			'post_title'   => 'A lesson',
			'post_content' => "Watch this:\n\n" . $pasted . "\n\nThen talk about it.",
			'post_status'  => 'publish',
		),
		true
	);
	if ( is_wp_error( $post ) ) {
		fwrite( STDERR, $post->get_error_message() . "\n" );
		exit( 1 );
	}
	echo $post . "\n";
}
